package dev.ordinal.bench;

import dev.ordinal.client.OrdinalClient;
import dev.ordinal.client.Outcome;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/** A closed loop: each lane commits, and commits again when the answer is there. */
final class Lanes {
  /*
   * A lane lives in the callbacks of its commits, on the client's thread: no thread of ours waits
   * or is woken per commit, which would be measured too. It ends with the first outcome that is
   * not Committed, so that a store which refuses at once is not asked in a circle.
   */

  private static final int DIGITS = 3;

  private final OrdinalClient client;
  private final Workload workload;
  private final Recorder nanos = new Recorder(DIGITS);
  private final Map<String, Long> unexpected = new ConcurrentHashMap<>();
  private final Phaser running = new Phaser(1);
  private volatile boolean stopping;

  Lanes(OrdinalClient client, Workload workload) {
    this.client = client;
    this.workload = workload;
  }

  void start(int lanes) {
    running.bulkRegister(lanes);
    for (int lane = 0; lane < lanes; lane++) {
      commit();
    }
  }

  /** Latencies since the last call, in nanoseconds. */
  Histogram takeLatencies() {
    return nanos.getIntervalHistogram();
  }

  /** Lanes that still commit. */
  int alive() {
    return running.getUnarrivedParties() - 1;
  }

  /** Outcomes other than Committed so far: kind and reason, and how many. */
  Map<String, Long> unexpected() {
    return new TreeMap<>(unexpected);
  }

  /**
   * Lets each lane end with its next answer, and waits for that, a little longer than any may take.
   */
  void stop(int secondsMax) throws InterruptedException {
    stopping = true;
    try {
      running.awaitAdvanceInterruptibly(running.arrive(), secondsMax, TimeUnit.SECONDS);
    } catch (TimeoutException _) {
      unexpected.merge(
          "no answer within %d s".formatted(secondsMax), (long) alive() + 1, Long::sum);
    }
  }

  private void commit() {
    long started = System.nanoTime();
    var _ =
        client
            .commitAsync(workload.next())
            .whenComplete((outcome, _) -> answered(outcome, System.nanoTime() - started));
  }

  private void answered(Outcome outcome, long took) {
    if (outcome.isCommitted()) {
      nanos.recordValue(took);
    } else {
      unexpected.merge(outcome.toString(), 1L, Long::sum);
    }
    if (stopping || !outcome.isCommitted()) {
      running.arriveAndDeregister();
    } else {
      commit();
    }
  }
}
