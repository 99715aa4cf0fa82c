package dev.ordinal.journal.store;

import dev.ordinal.journal.state.Head;
import dev.ordinal.journal.state.JournalSuite;
import java.nio.file.Path;
import java.util.random.RandomGenerator;

/** The journal on the store on disk, which is left in good order or as a crash leaves it. */
final class RocksJournalTest extends JournalSuite {
  @Override
  protected int seeds() {
    return 40;
  }

  @Override
  protected StateStore create(Path directory, Head initial) {
    RocksStateStore.format(directory, RandomSlots.CLUSTER, initial);
    return open(directory, initial.history());
  }

  private static StateStore open(Path directory, long history) {
    StateOwner owner = new StateOwner(RandomSlots.CLUSTER, history);
    return RocksStateStore.open(directory, owner, StateMemory.SMALL);
  }

  @Override
  protected StateStore crash(StateStore store, Path directory, RandomGenerator random) {
    long history = store.head().history();
    if (random.nextInt(3) == 0) {
      store.close();
    } else {
      ((RocksStateStore) store).abandon();
    }
    return open(directory, history);
  }
}
