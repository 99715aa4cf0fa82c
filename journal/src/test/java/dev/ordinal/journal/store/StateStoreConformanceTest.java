package dev.ordinal.journal.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ordinal.journal.record.JournalRecord;
import dev.ordinal.journal.state.Changes;
import dev.ordinal.journal.state.Head;
import dev.ordinal.journal.transaction.Key;
import dev.ordinal.journal.transaction.KeyRange;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.RocksDBException;

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
        twins.requireNoLeak();
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
      if (slots.below(3) == 0) {
        collect();
      }
      compare();
    }

    private void collect() {
      Head head = memory.head();
      long through = Math.min(head.retention().floor(), head.horizon().order());
      int effectsMax = 1 + slots.below(6);
      assertThat(disk.collect(through, effectsMax)).isEqualTo(memory.collect(through, effectsMax));
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
      assertThat(disk.collectedThrough()).isEqualTo(memory.collectedThrough());
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

    /** Every effect made a version; what was not removed is there, and nothing else. */
    private void requireNoLeak() {
      disk.close();
      long there = rows(StateFamily.NEWEST) + rows(StateFamily.HISTORY);
      disk = reopened();
      long made = 0;
      long dispensable = 0;
      for (Changes changes : written) {
        for (JournalRecord each : changes.records()) {
          made += each.effects().size();
          if (each.order() <= memory.collectedThrough()) {
            dispensable += Dispensable.after(List.of(each)).size();
          }
        }
      }
      assertThat(there).isEqualTo(made - dispensable);
    }

    private long rows(StateFamily family) {
      long[] count = {0};
      try (StateDatabase database = StateDatabase.open(dir, StateMemory.SMALL, List.of())) {
        database.scan(
            family,
            new byte[0],
            null,
            (row, value) -> {
              count[0]++;
              return true;
            });
      } catch (RocksDBException e) {
        throw new AssertionError(e);
      }
      return count[0];
    }

    @Override
    public void close() {
      disk.close();
    }
  }
}
