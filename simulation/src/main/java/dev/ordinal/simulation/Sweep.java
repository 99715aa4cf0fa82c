package dev.ordinal.simulation;

import dev.ordinal.simulation.trace.Coverage;
import dev.ordinal.simulation.trace.Fingerprint;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/** Runs many seeds, each on its own, on as many threads as asked for. */
final class Sweep {
  /** After that many violations there is enough to look at. */
  private static final int VIOLATIONS_MAX = 10;

  private final long end;
  private final LongConsumer progress;
  private final Coverage coverage = new Coverage();
  private final List<SeedRun> violations = new ArrayList<>();
  private long next;
  private long runs;
  private long events;
  private long decided;
  private long digest;

  private Sweep(long from, long seeds, LongConsumer progress) {
    this.next = from;
    this.end = from + seeds;
    this.progress = progress;
  }

  /**
   * Runs seeds {@code from} until {@code from + seeds}; stops early after some violations. {@code
   * progress} is told how many runs are done, now and then.
   */
  static SweepReport run(long from, long seeds, int threads, LongConsumer progress) {
    Sweep sweep = new Sweep(from, seeds, progress);
    List<Thread> workers = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      workers.add(Thread.ofPlatform().name("sim-" + i).start(sweep::work));
    }
    for (Thread worker : workers) {
      try {
        worker.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while seeds ran", e);
      }
    }
    return sweep.report();
  }

  private void work() {
    Coverage own = new Coverage();
    for (long seed = take(); seed < end; seed = take()) {
      done(SeedRun.of(seed, own, null));
    }
    synchronized (this) {
      coverage.add(own);
    }
  }

  private synchronized long take() {
    return violations.size() < VIOLATIONS_MAX ? next++ : end;
  }

  private synchronized void done(SeedRun run) {
    runs++;
    events += run.events();
    decided += run.decided();
    digest += Fingerprint.mix(run.seed(), run.digest());
    if (run.violation() != null) {
      violations.add(run);
    }
    progress.accept(runs);
  }

  private synchronized SweepReport report() {
    violations.sort((one, other) -> Long.compare(one.seed(), other.seed()));
    return new SweepReport(runs, events, decided, digest, violations, coverage);
  }
}
