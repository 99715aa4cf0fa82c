package dev.ordinal.journal.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ordinal.journal.state.Changes;
import dev.ordinal.journal.transaction.Key;
import dev.ordinal.journal.transaction.KeyRange;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The store on disk answers as its twin in memory does, whatever is written, read and lost. */
class StateStoreConformanceTest {
  private static final int SEEDS = 8;
  private static final int STEPS = 120;

  @TempDir Path dir;

  @Test
  void theStoreOnDiskAnswersAsItsTwin() {
    for (long seed = 1; seed <= SEEDS; seed++) {
      try (Twins twins = new Twins(dir.resolve("state-" + seed), seed)) {
        for (int step = 0; step < STEPS; step++) {
          twins.step();
        }
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError("seed " + seed, e);
      }
    }
  }

  /** Both stores, and the slots that a crash may make us write again. */
  private static final class Twins implements AutoCloseable {
    private final Path dir;
    private final RandomSlots slots;
    private final List<Changes> written = new ArrayList<>();
    private final MemoryStateStore memory = new MemoryStateStore(RandomSlots.INITIAL);
    private RocksStateStore disk;

    Twins(Path dir, long seed) {
      this.dir = dir;
      this.slots = new RandomSlots(seed);
      RocksStateStore.format(dir, RandomSlots.CLUSTER, RandomSlots.INITIAL);
      this.disk = reopened();
    }

    private RocksStateStore reopened() {
      return RocksStateStore.open(dir, RandomSlots.OWNER, StateMemory.SMALL);
    }

    void step() {
      Changes changes = slots.next();
      written.add(changes);
      memory.write(changes);
      disk.write(changes);
      switch (slots.below(60)) {
        case 0 -> restart();
        case 1 -> crash();
        case 2, 3, 4 -> assertThat(disk.flush()).isEqualTo(memory.flush());
        default -> {}
      }
      compare();
    }

    private void restart() {
      memory.flush();
      disk.close();
      disk = reopened();
    }

    /** Loses what was not flushed, then writes it again. */
    private void crash() {
      memory.crash(0);
      disk.abandon();
      disk = reopened();
      compare();
      for (Changes again : written.subList((int) memory.head().slot().slot(), written.size())) {
        memory.write(again);
        disk.write(again);
      }
    }

    private void compare() {
      assertThat(disk.head()).isEqualTo(memory.head());
      long order = Math.min(slots.retainedOrder(), memory.head().order().order());
      List<Key> keys = List.of(slots.key(), slots.key(), slots.key());
      for (Key key : keys) {
        assertThat(disk.get(key, order)).isEqualTo(memory.get(key, order));
      }
      assertThat(disk.latest(keys)).isEqualTo(memory.latest(keys));
      KeyRange range = slots.range();
      PageLimit limit = slots.limit();
      assertThat(disk.scan(range, order, limit)).isEqualTo(memory.scan(range, order, limit));
      assertThat(disk.existingIn(range, limit.rowsMax()))
          .isEqualTo(memory.existingIn(range, limit.rowsMax()));
      assertThat(disk.recordsAfter(order, 3)).isEqualTo(memory.recordsAfter(order, 3));
      long session = 1L + slots.below(4);
      long sequence = slots.below(300);
      assertThat(disk.recordedOutcome(session, sequence))
          .isEqualTo(memory.recordedOutcome(session, sequence));
      assertThat(disk.sessions()).isEqualTo(memory.sessions());
      assertThat(disk.leases()).isEqualTo(memory.leases());
      for (long lease = -3; lease <= 3; lease++) {
        assertThat(disk.lease(lease)).isEqualTo(memory.lease(lease));
      }
    }

    @Override
    public void close() {
      disk.close();
    }
  }
}
