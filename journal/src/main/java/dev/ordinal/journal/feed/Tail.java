package dev.ordinal.journal.feed;

import dev.ordinal.journal.record.Effect;
import dev.ordinal.journal.record.JournalRecord;
import dev.ordinal.journal.store.PageLimit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The last records, for subscribers that keep up. Bounded in records and in bytes; who wants an
 * older one goes to the store. One thread adds, any number read.
 */
final class Tail {
  private static final int RECORDS_MAX = 1 << 13;
  private static final int RECORD_OVERHEAD_BYTES = 256;

  private final long bytesMax;
  private final AtomicReferenceArray<@Nullable JournalRecord> ring =
      new AtomicReferenceArray<>(RECORDS_MAX);

  /** Of the records from {@code oldest} on. */
  private long bytes;

  private long oldest;
  private long newest;

  Tail(long lastOrder, long bytesMax) {
    this.bytesMax = bytesMax;
    this.oldest = lastOrder + 1;
    this.newest = lastOrder;
  }

  void add(JournalRecord added) {
    if (newest - oldest + 1 == RECORDS_MAX) {
      dropOldest();
    }
    ring.set(place(added.order()), added);
    newest = added.order();
    bytes += bytesOf(added);
    while (bytes > bytesMax) {
      dropOldest();
    }
  }

  private void dropOldest() {
    JournalRecord dropped = ring.getAndSet(place(oldest), null);
    if (dropped != null) {
      bytes -= bytesOf(dropped);
    }
    oldest++;
  }

  /** Null: it is not here, or not any more. */
  @Nullable JournalRecord find(long order) {
    JournalRecord found = ring.get(place(order));
    return found != null && found.order() == order ? found : null;
  }

  private static int place(long order) {
    return (int) (order & (RECORDS_MAX - 1));
  }

  static long bytesOf(JournalRecord counted) {
    long bytes = RECORD_OVERHEAD_BYTES;
    for (Effect effect : counted.effects()) {
      bytes += effect.key().length() + PageLimit.bytesOf(effect.state());
    }
    return bytes;
  }
}
