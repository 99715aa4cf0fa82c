package dev.ordinal.local;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Starts a replica again when its process ends, later each time it ends soon. A replica fails by
 * ending; somebody has to be there who starts it.
 */
public final class Supervisor implements AutoCloseable {
  private static final Duration PAUSE_MIN = Duration.ofMillis(250);
  private static final Duration PAUSE_MAX = Duration.ofSeconds(10);

  /** A process that lived so long is not failing at its start: the next pause is the shortest. */
  private static final Duration HEALTHY = Duration.ofSeconds(30);

  /** Wrong arguments; a directory that is unformatted, another's, newer or damaged. */
  private static final Set<Integer> NEEDS_A_PERSON = Set.of(2, 10, 11, 12, 13, 15, 17);

  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("supervisor").factory());
  private final Consumer<String> say;

  /** {@code say} is told each end and each start, in words. */
  public Supervisor(Consumer<String> say) {
    this.say = say;
  }

  /** Watches a running replica from now on. */
  public void watch(ReplicaProcess replica) {
    watch(replica, PAUSE_MIN);
  }

  /** Ends no replica, and starts none any more. */
  @Override
  public void close() {
    thread.shutdownNow();
  }

  private void watch(ReplicaProcess replica, Duration pause) {
    long startedNanos = System.nanoTime();
    var _ = replica.onExit().thenAccept(code -> ended(replica, code, startedNanos, pause));
  }

  private void ended(ReplicaProcess replica, int code, long startedNanos, Duration pause) {
    if (thread.isShutdown()) {
      return;
    }
    if (NEEDS_A_PERSON.contains(code)) {
      say.accept(
          "replica %d ended with exit code %d, which another start does not mend: see %s"
              .formatted(replica.node(), code, replica.output()));
      return;
    }
    boolean healthy = System.nanoTime() - startedNanos > HEALTHY.toNanos();
    Duration now = healthy ? PAUSE_MIN : pause;
    say.accept(
        "replica %d ended with exit code %d, starts again in %d ms; its words: %s"
            .formatted(replica.node(), code, now.toMillis(), replica.output()));
    var _ =
        thread.schedule(() -> restart(replica, next(now)), now.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void restart(ReplicaProcess replica, Duration nextPause) {
    replica.start();
    say.accept("replica %d started, pid %d".formatted(replica.node(), replica.pid()));
    watch(replica, nextPause);
  }

  /** Twice as long, but not longer than 10 s. */
  static Duration next(Duration pause) {
    Duration twice = pause.multipliedBy(2);
    return twice.compareTo(PAUSE_MAX) > 0 ? PAUSE_MAX : twice;
  }
}
