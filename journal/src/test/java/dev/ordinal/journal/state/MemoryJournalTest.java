package dev.ordinal.journal.state;

import dev.ordinal.journal.store.StateStore;
import java.nio.file.Path;
import java.util.random.RandomGenerator;

/** The journal on the store in memory. */
final class MemoryJournalTest extends JournalSuite {
  private final MemoryStores stores = new MemoryStores();

  @Override
  protected int seeds() {
    return 300;
  }

  @Override
  protected StateStore create(Path directory, Head initial) {
    return stores.create(initial);
  }

  @Override
  protected StateStore crash(StateStore store, Path directory, RandomGenerator random) {
    return stores.crash(store, random);
  }
}
