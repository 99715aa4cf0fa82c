package dev.ordinal.journal.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ordinal.journal.codec.RecordCodec;
import dev.ordinal.journal.model.ModelJournal;
import dev.ordinal.journal.record.Effect;
import dev.ordinal.journal.record.JournalRecord;
import dev.ordinal.journal.record.KeyState;
import dev.ordinal.journal.record.RecordSize;
import dev.ordinal.journal.record.Row;
import dev.ordinal.journal.record.Version;
import dev.ordinal.journal.store.PageLimit;
import dev.ordinal.journal.store.ScanPage;
import dev.ordinal.journal.store.StateStore;
import dev.ordinal.journal.transaction.Key;
import dev.ordinal.journal.transaction.KeyRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Compares what a store holds with the model. */
final class JournalChecks {
  private final StateStore store;
  private final ModelJournal model;

  JournalChecks(StateStore store, ModelJournal model) {
    this.store = store;
    this.model = model;
  }

  /** Every key, everything, and a random range in random pages (I19). */
  void readsAt(long order, RandomGenerator random) {
    List<Row> rows = rowsAt(order);
    for (Key key : keysEver()) {
      assertThat(store.get(key, order)).as("%s at %d", key, order).isEqualTo(versionAt(key, order));
    }
    assertThat(scan(KeyRange.EVERYTHING, order, new PageLimit(1000, 1 << 20)))
        .as("everything at %d", order)
        .isEqualTo(rows);
    KeyRange range = range(random);
    PageLimit page = new PageLimit(1 + random.nextInt(4), 1 + random.nextInt(20));
    assertThat(scan(range, order, page))
        .as("%s at %d", range, order)
        .isEqualTo(rows.stream().filter(row -> range.contains(row.key())).toList());
  }

  private @Nullable Version versionAt(Key key, long order) {
    KeyState state = model.state(order).get(key);
    return state == null ? null : new Version(model.modifiedAt(key, order), state);
  }

  private List<Row> rowsAt(long order) {
    return model.state(order).entrySet().stream()
        .map(e ->
            new Row(e.getKey(), new Version(model.modifiedAt(e.getKey(), order), e.getValue())))
        .toList();
  }

  private Set<Key> keysEver() {
    Set<Key> keys = new TreeSet<>(Set.of(Key.of("never written")));
    for (long order = 1; order <= model.lastOrder(); order++) {
      keys.addAll(model.effects(order).keySet());
    }
    return keys;
  }

  private KeyRange range(RandomGenerator random) {
    List<Key> keys = List.copyOf(keysEver());
    Key one = keys.get(random.nextInt(keys.size()));
    Key other = keys.get(random.nextInt(keys.size()));
    return one.compareTo(other) <= 0 ? new KeyRange(one, other) : new KeyRange(one, null);
  }

  private List<Row> scan(KeyRange range, long order, PageLimit limit) {
    List<Row> rows = new ArrayList<>();
    @Nullable KeyRange rest = range;
    while (rest != null) {
      ScanPage page = store.scan(rest, order, limit);
      assertThat(page.rows()).hasSizeLessThanOrEqualTo(limit.rowsMax());
      rows.addAll(page.rows());
      Key resumeAt = page.resumeAt();
      boolean done = resumeAt == null || !range.contains(resumeAt);
      rest = done || resumeAt == null ? null : new KeyRange(resumeAt, range.end());
    }
    return rows;
  }

  /** What was replaced since is gone through the cursor, and deletions; nothing else is. */
  void removed(long collectedBefore) {
    long removed = 0;
    for (long order = collectedBefore + 1; order <= store.collectedThrough(); order++) {
      for (Map.Entry<Key, KeyState> effect : model.effects(order).entrySet()) {
        removed += priorOrder(effect.getKey(), order) == 0 ? 0 : 1;
        removed += effect.getValue().exists() ? 0 : 1;
      }
    }
    assertThat(store.collection().removed()).isEqualTo(removed);
  }

  /** 0 if {@code key} did not exist before {@code order}. */
  private long priorOrder(Key key, long order) {
    return model.state(order - 1).containsKey(key) ? model.modifiedAt(key, order - 1) : 0;
  }

  /** Order IDs are dense, and each record says what its transaction did (I12). */
  void records() {
    long collected = store.collectedThrough();
    List<JournalRecord> records = store.recordsAfter(collected, Integer.MAX_VALUE);
    assertThat(records).hasSize(Math.toIntExact(model.lastOrder() - collected));
    for (int i = 0; i < records.size(); i++) {
      JournalRecord found = records.get(i);
      long order = collected + i + 1;
      assertThat(found.order()).isEqualTo(order);
      assertThat(found.effects())
          .as("effects of order ID %d", order)
          .isEqualTo(
              model.effects(order).entrySet().stream()
                  .map(e -> new Effect(e.getKey(), e.getValue(), priorOrder(e.getKey(), order)))
                  .toList());
      if (i > 0) {
        JournalRecord before = records.get(i - 1);
        assertThat(found.bytesBefore() - before.bytesBefore())
            .isEqualTo(RecordSize.of(before.labels(), before.effects()));
      }
      assertThat(RecordCodec.decode(RecordCodec.encode(found))).isEqualTo(found);
    }
  }
}
