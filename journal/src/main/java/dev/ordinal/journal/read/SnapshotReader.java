package dev.ordinal.journal.read;

import dev.ordinal.journal.record.Row;
import dev.ordinal.journal.record.Version;
import dev.ordinal.journal.retention.NotRetained;
import dev.ordinal.journal.state.Head;
import dev.ordinal.journal.store.PageLimit;
import dev.ordinal.journal.store.ScanPage;
import dev.ordinal.journal.store.StateStore;
import dev.ordinal.journal.transaction.Key;
import dev.ordinal.journal.transaction.KeyRange;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads of the state at an order ID, a page at a time. The same question has the same answer on
 * every replica and at every time (I19), so a next page can be asked of another replica.
 */
public final class SnapshotReader {
  /** Keys that are looked up together at first: each value can be as large as a page. */
  private static final int LOOKUP_KEYS_MIN = 8;

  /** Keys that are looked up together once many have turned out small. */
  private static final int LOOKUP_KEYS_MAX = 256;

  private static final int SMALL_BYTES = 4 << 10;

  private final StateStore store;

  public SnapshotReader(StateStore store) {
    this.store = store;
  }

  /** The last order ID that can be read at. */
  public long lastOrder() {
    return store.head().order().order();
  }

  /**
   * The first page of {@code range} at {@code order}; {@link #requireVisible} says what is wrong.
   */
  public ScanPage scan(KeyRange range, long order, PageLimit limit) {
    requireVisible(order);
    return complete(order, store.scan(range, order, limit));
  }

  /**
   * Those of {@code keys} that exist at {@code order}, in the order given.
   *
   * @return a page; it resumes at the first key that was not looked up
   */
  public ScanPage read(List<Key> keys, long order, PageLimit limit) {
    requireVisible(order);
    List<Row> rows = new ArrayList<>();
    long bytes = 0;
    int lookup = LOOKUP_KEYS_MIN;
    for (int from = 0; from < keys.size(); ) {
      List<Key> some = keys.subList(from, Math.min(from + lookup, keys.size()));
      List<@Nullable Version> versions = store.get(some, order);
      for (int i = 0; i < some.size(); i++) {
        if (rows.size() == limit.rowsMax() || bytes >= limit.bytesMax()) {
          return complete(order, new ScanPage(rows, some.get(i)));
        }
        Version version = versions.get(i);
        if (version != null) {
          rows.add(new Row(some.get(i), version));
          bytes += some.get(i).length() + PageLimit.bytesOf(version.state());
        }
      }
      from += some.size();
      boolean small = bytes <= (long) from * SMALL_BYTES;
      lookup = small ? Math.min(2 * lookup, LOOKUP_KEYS_MAX) : LOOKUP_KEYS_MIN;
    }
    return complete(order, new ScanPage(rows, null));
  }

  /** The version of {@code key} at {@code order}; null if it did not exist then. */
  public @Nullable Version get(Key key, long order) {
    requireVisible(order);
    return complete(order, store.get(key, order));
  }

  /** What was read at {@code order}, unless the floor passed it meanwhile and versions went. */
  private <T extends @Nullable Object> T complete(long order, T found) {
    if (store.collectedThrough() > order) {
      throw notRetained(order, store.head());
    }
    return found;
  }

  /**
   * Throws {@link NotRetained} if {@code order} is below the floor, {@link
   * IllegalArgumentException} if it has not come yet.
   */
  private void requireVisible(long order) {
    Head head = store.head();
    long last = head.order().order();
    if (order < 0 || order > last) {
      throw new IllegalArgumentException(
          "order ID %d cannot be read: this replica has 0 to %d".formatted(order, last));
    }
    if (order < head.retention().floor()) {
      throw notRetained(order, head);
    }
  }

  private static NotRetained notRetained(long order, Head head) {
    return new NotRetained(order, head.retention().floor(), head.order().order());
  }
}
