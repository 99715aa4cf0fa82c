package dev.ordinal.journal.store;

import dev.ordinal.journal.record.KeyState;
import dev.ordinal.journal.record.Row;
import dev.ordinal.journal.record.Version;
import dev.ordinal.journal.transaction.Key;
import dev.ordinal.journal.transaction.KeyRange;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds versions of keys. The newest one of a key is a point lookup; if it is newer than what was
 * asked for, the one wanted is the first in the key's history from the order ID asked for. A write
 * moves a version from one place to the other atomically, and history never changes, so looking
 * first at the newest and then, later, into history finds the same as one look at both.
 */
final class VersionReader {
  private final StateDatabase database;
  private final HotVersions hot;

  VersionReader(StateDatabase database, HotVersions hot) {
    this.database = database;
    this.hot = hot;
  }

  /** The newest version of {@code key}, for the thread that writes; null: never written. */
  @Nullable Version newest(Key key) {
    byte[] row = database.get(StateFamily.NEWEST, key.bytes());
    return row == null ? null : StateBytes.newest(row);
  }

  /** As {@link #newest(Key)}, one answer a key, in their order. */
  List<@Nullable Version> newest(List<Key> keys) {
    if (keys.isEmpty()) {
      return List.of();
    }
    List<byte[]> rows = new ArrayList<>(keys.size());
    keys.forEach(key -> rows.add(key.bytes()));
    List<@Nullable Version> versions = new ArrayList<>(keys.size());
    for (byte[] row : database.get(StateFamily.NEWEST, rows)) {
      versions.add(row == null ? null : StateBytes.newest(row));
    }
    return versions;
  }

  /**
   * The version of {@code key} at {@code order}, a deletion included, or null.
   *
   * @param seenOrder the order ID of the head when the caller began
   */
  @Nullable Version at(Key key, long order, long seenOrder) {
    Version newest = hot.find(key);
    return atOrBefore(order, key, newest != null ? newest : found(key, newest(key), seenOrder));
  }

  /** As {@link #at(Key, long, long)}, one answer a key, in their order. */
  List<@Nullable Version> at(List<Key> keys, long order, long seenOrder) {
    List<@Nullable Version> versions = new ArrayList<>(keys.size());
    List<Key> missing = new ArrayList<>();
    for (Key key : keys) {
      Version version = hot.find(key);
      versions.add(version);
      if (version == null) {
        missing.add(key);
      }
    }
    Iterator<@Nullable Version> stored = newest(missing).iterator();
    for (int i = 0; i < versions.size(); i++) {
      Key key = keys.get(i);
      Version newest = versions.get(i);
      versions.set(
          i,
          atOrBefore(order, key, newest != null ? newest : found(key, stored.next(), seenOrder)));
    }
    return versions;
  }

  private @Nullable Version found(Key key, @Nullable Version version, long seenOrder) {
    if (version != null) {
      hot.found(key, version, seenOrder);
    }
    return version;
  }

  private @Nullable Version atOrBefore(long order, Key key, @Nullable Version newest) {
    if (newest == null || newest.order() <= order) {
      return newest;
    }
    try (StateDatabase.Cursor history = database.cursor(StateFamily.HISTORY, HistoryKey.end(key))) {
      return superseded(history, key, order);
    }
  }

  private static @Nullable Version superseded(StateDatabase.Cursor history, Key key, long order) {
    byte[] wanted = HistoryKey.of(key, order);
    if (!history.seek(wanted) || !HistoryKey.sameKey(history.row(), wanted)) {
      return null;
    }
    KeyState state = StateBytes.superseded(history.value());
    return new Version(HistoryKey.order(history.row()), state);
  }

  ScanPage scan(KeyRange range, long order, PageLimit limit) {
    Key end = range.end();
    if (end != null && end.compareTo(range.start()) <= 0) {
      return new ScanPage(List.of(), null);
    }
    try (Scan scan = new Scan(end, order, limit);
        StateDatabase.Cursor newest =
            database.cursor(StateFamily.NEWEST, end == null ? null : end.bytes())) {
      boolean more = newest.seek(range.start().bytes());
      while (more && scan.take(Key.wrap(newest.row()), newest.value())) {
        more = newest.next();
      }
      return scan.page();
    }
  }

  /** A page in the making. */
  private final class Scan implements AutoCloseable {
    private final @Nullable Key end;
    private final long order;
    private final PageLimit limit;
    private final List<Row> rows = new ArrayList<>();
    private long bytes;
    private @Nullable Key resumeAt;

    /** Opened when the first newest version turns out too new, then after the cursor over those. */
    private StateDatabase.@Nullable Cursor history;

    Scan(@Nullable Key end, long order, PageLimit limit) {
      this.end = end;
      this.order = order;
      this.limit = limit;
    }

    /** Takes what {@code key} held; answers false when the page is full. */
    boolean take(Key key, byte[] newestRow) {
      Version version =
          StateBytes.orderOfNewest(newestRow) <= order
              ? StateBytes.newest(newestRow)
              : superseded(history(), key, order);
      if (version == null || !version.state().exists()) {
        return true;
      }
      rows.add(new Row(key, version));
      bytes += key.length() + PageLimit.bytesOf(version.state());
      if (rows.size() < limit.rowsMax() && bytes < limit.bytesMax()) {
        return true;
      }
      resumeAt = key.successor();
      return false;
    }

    private StateDatabase.Cursor history() {
      StateDatabase.Cursor opened = history;
      if (opened == null) {
        opened = database.cursor(StateFamily.HISTORY, end == null ? null : HistoryKey.start(end));
        history = opened;
      }
      return opened;
    }

    ScanPage page() {
      return new ScanPage(rows, resumeAt);
    }

    @Override
    public void close() {
      if (history != null) {
        history.close();
      }
    }
  }
}
