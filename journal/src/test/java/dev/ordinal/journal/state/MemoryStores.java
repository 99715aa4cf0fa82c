package dev.ordinal.journal.state;

import dev.ordinal.journal.store.MemoryStateStore;
import dev.ordinal.journal.store.StateStore;
import java.util.random.RandomGenerator;

/** Stores in memory, whose crash spares a random part of what was not flushed. */
final class MemoryStores implements JournalRun.Stores {
  @Override
  public StateStore create(Head initial) {
    return new MemoryStateStore(initial);
  }

  @Override
  public StateStore crash(StateStore store, RandomGenerator random) {
    MemoryStateStore memory = (MemoryStateStore) store;
    memory.crash(random.nextInt(memory.unflushedWrites() + 1));
    return memory;
  }
}
