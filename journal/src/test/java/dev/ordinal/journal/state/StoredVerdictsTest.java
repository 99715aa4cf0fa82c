package dev.ordinal.journal.state;

import dev.ordinal.journal.model.JournalCoverage;
import org.junit.jupiter.api.Test;

/** The oracle of the index: a validator that has only storage comes to the same verdicts. */
final class StoredVerdictsTest {
  private static final int SEEDS = 150;

  @Test
  void verdictsFromStorageAloneAreThoseOfTheModel() {
    for (long seed = 1; seed <= SEEDS; seed++) {
      new JournalRun(seed, JournalRun.STORED, new JournalCoverage(), new MemoryStores()).run();
    }
  }
}
