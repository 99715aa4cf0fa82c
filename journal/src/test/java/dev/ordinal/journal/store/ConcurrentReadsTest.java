package dev.ordinal.journal.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ordinal.journal.record.Digest;
import dev.ordinal.journal.record.Effect;
import dev.ordinal.journal.record.JournalRecord;
import dev.ordinal.journal.record.KeyState;
import dev.ordinal.journal.record.RecordOrigin;
import dev.ordinal.journal.record.Row;
import dev.ordinal.journal.record.Version;
import dev.ordinal.journal.state.Changes;
import dev.ordinal.journal.state.Head;
import dev.ordinal.journal.transaction.Key;
import dev.ordinal.journal.transaction.KeyRange;
import dev.ordinal.journal.transaction.Value;
import dev.ordinal.journal.validation.Horizon;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Readers see exactly the state at the order ID they name, whatever is written meanwhile. */
class ConcurrentReadsTest {
  private static final int KEYS = 40;
  private static final int SLOTS = 4_000;

  /** So far the floor, and the horizon, lie behind. */
  private static final int RETAINED = 100;

  /** Holds about half of the keys, so that they come and go. */
  private static final StateMemory LITTLE = new StateMemory(8 << 20, 2 << 20, 4_000, 4_000);

  @TempDir Path parent;

  @Test
  @Timeout(120)
  void readersSeeTheStateAtTheOrderTheyName() throws Exception {
    Path dir = parent.resolve("state");
    RocksStateStore.format(dir, RandomSlots.CLUSTER, RandomSlots.INITIAL);
    try (RocksStateStore store = RocksStateStore.open(dir, RandomSlots.OWNER, LITTLE);
        ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Future<?>> readers = new ArrayList<>();
      for (int seed = 0; seed < 3; seed++) {
        Random random = new Random(seed);
        readers.add(threads.submit(() -> readUntilTheEnd(store, random)));
      }
      readers.add(threads.submit(() -> collectUntilTheEnd(store)));
      for (long slot = 1; slot <= SLOTS; slot++) {
        store.write(slot(store.head(), slot));
      }
      for (Future<?> reader : readers) {
        reader.get();
      }
      assertThat(store.collectedThrough()).isPositive();
    }
  }

  /**
   * Order ID n is in slot n, and writes key n modulo the number of keys, each third time nothing.
   */
  private static Changes slot(Head head, long slot) {
    Key key = key(slot % KEYS);
    Version before = expected(slot % KEYS, slot - 1);
    Effect effect = new Effect(key, state(slot), before == null ? 0 : before.order());
    RecordOrigin origin = new RecordOrigin(slot, 0, 0, 0);
    return new Changes(
        new Head(
            head.history(),
            new Head.SlotTip(slot, Digest.START, Digest.START),
            new Head.OrderTip(slot, 0, Digest.START, 0),
            new Horizon(Math.max(0, slot - RETAINED), head.horizon().limits()),
            head.clock(),
            0,
            0,
            head.retention().movedTo(slot - RETAINED, slot)),
        List.of(new JournalRecord(slot, origin, List.of(), List.of(effect), Digest.START, 0)),
        List.of(),
        List.of());
  }

  private static KeyState state(long slot) {
    return slot / KEYS % 3 == 2 ? KeyState.DELETED : new KeyState.Stored(Value.of("value-" + slot));
  }

  private static Key key(long number) {
    return Key.of("key-%02d".formatted(number));
  }

  private static void readUntilTheEnd(RocksStateStore store, Random random) {
    long order = 0;
    while (order < SLOTS) {
      order = store.head().order().order();
      long number = random.nextInt(KEYS);
      long past = Math.max(0, order - random.nextInt(RETAINED));
      Version newest = store.get(key(number), order);
      Version old = store.get(key(number), past);
      if (store.collectedThrough() <= past) {
        assertThat(newest).isEqualTo(expected(number, order));
        assertThat(old).isEqualTo(expected(number, past));
      }
      if (random.nextInt(20) == 0) {
        scan(store, past);
      }
    }
  }

  private static void scan(RocksStateStore store, long past) {
    PageLimit everything = new PageLimit(KEYS, 1 << 20);
    List<Row> rows = store.scan(KeyRange.EVERYTHING, past, everything).rows();
    if (store.collectedThrough() > past) {
      return;
    }
    assertThat(rows)
        .hasSize((int) LongStream.range(0, KEYS).filter(n -> expected(n, past) != null).count());
    for (Row row : rows) {
      long found = Long.parseLong(row.key().toString().substring("key-".length()));
      assertThat(row.version()).isEqualTo(expected(found, past));
    }
  }

  /** Removes what is below the floor as soon as it is. */
  private static void collectUntilTheEnd(RocksStateStore store) {
    while (store.head().order().order() < SLOTS) {
      Head head = store.head();
      store.collect(Math.min(head.retention().floor(), head.horizon().order()), 50);
    }
  }

  private static @Nullable Version expected(long number, long order) {
    long last = order - Math.floorMod(order - number, KEYS);
    return last <= 0 || !state(last).exists() ? null : new Version(last, state(last));
  }
}
