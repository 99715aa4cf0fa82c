package dev.ordinal.journal.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ordinal.journal.model.JournalCoverage;
import dev.ordinal.journal.store.StateStore;
import java.nio.file.Path;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random transactions against the journal and against a plain model of it: the same verdicts and
 * the same reads at every order ID, across crashes. One subclass a store.
 */
public abstract class JournalSuite {
  @TempDir Path directory;

  /** How many runs; each is a seed. */
  protected abstract int seeds();

  /** A store in {@code directory}, which is new, that starts at {@code initial}. */
  protected abstract StateStore create(Path directory, Head initial);

  /**
   * What is there after a crash of {@code store}: its state after some slot, at least the last that
   * was flushed. Where there is a choice, {@code random} makes it.
   */
  protected abstract StateStore crash(StateStore store, Path directory, RandomGenerator random);

  @Test
  public void theJournalDoesWhatTheModelSays() {
    JournalCoverage coverage = new JournalCoverage();
    for (long seed = 1; seed <= seeds(); seed++) {
      run(seed, coverage);
    }
    assertThat(coverage.missing()).as("kinds of outcomes that never occurred").isEmpty();
  }

  private void run(long seed, JournalCoverage coverage) {
    Path home = directory.resolve("seed-" + seed);
    JournalRun run =
        new JournalRun(
            seed,
            JournalRun.INDEXED,
            coverage,
            new JournalRun.Stores() {
              @Override
              public StateStore create(Head initial) {
                return JournalSuite.this.create(home, initial);
              }

              @Override
              public StateStore crash(StateStore store, RandomGenerator random) {
                return JournalSuite.this.crash(store, home, random);
              }
            });
    try {
      run.run();
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
    }
  }
}
