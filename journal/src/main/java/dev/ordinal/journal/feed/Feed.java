package dev.ordinal.journal.feed;

import dev.ordinal.journal.record.JournalRecord;
import dev.ordinal.journal.retention.NotRetained;
import dev.ordinal.journal.store.StateStore;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Where subscriptions begin, and what wakes them. A subscriber that keeps up reads the last records
 * from memory; one that does not reads them from the store, at its own pace, and holds up nobody.
 */
public final class Feed {
  private static final long TAIL_BYTES_MAX = 16L << 20;

  private final StateStore store;
  private final Tail tail;
  private final List<Subscription> subscriptions = new CopyOnWriteArrayList<>();

  /** Through here subscribers may be told. */
  private volatile long head;

  public Feed(StateStore store) {
    this.store = store;
    this.head = store.head().order().order();
    this.tail = new Tail(head, TAIL_BYTES_MAX);
  }

  /** What was committed next; to be called, in order, after the store has written it. */
  public void published(List<JournalRecord> records) {
    if (records.isEmpty()) {
      return;
    }
    records.forEach(tail::add);
    head = records.getLast().order();
    subscriptions.forEach(Subscription::wake);
  }

  /**
   * Begins with the record after {@code afterOrder}. Throws {@link NotRetained} if that order ID is
   * below the floor, {@link IllegalArgumentException} if it has not come yet.
   *
   * @param wake called when there is something to tell to a subscriber that was told there is
   *     nothing; on the thread that applies, so it must only pass it on
   */
  public Subscription resume(long afterOrder, Selection selection, Runnable wake) {
    long last = head;
    if (afterOrder < 0 || afterOrder > last) {
      throw new IllegalArgumentException(
          "cannot go on after order ID %d: this replica has 0 to %d".formatted(afterOrder, last));
    }
    long floor = store.head().retention().floor();
    if (afterOrder < floor) {
      throw new NotRetained(afterOrder, floor, last);
    }
    return add(new Subscription(this, selection, afterOrder, false, wake));
  }

  /** Begins with the selected rows at the last order ID, then goes on with the record after it. */
  public Subscription withState(Selection selection, Runnable wake) {
    return add(new Subscription(this, selection, head, true, wake));
  }

  private Subscription add(Subscription subscription) {
    subscriptions.add(subscription);
    return subscription;
  }

  void remove(Subscription subscription) {
    subscriptions.remove(subscription);
  }

  /**
   * The order ID that the slowest subscriber has got to: collecting waits for it, for a while.
   * {@link Long#MAX_VALUE}: there is none.
   */
  public long lowestPin() {
    long lowest = Long.MAX_VALUE;
    for (Subscription subscription : subscriptions) {
      lowest = Math.min(lowest, subscription.cursor());
    }
    return lowest;
  }

  long head() {
    return head;
  }

  StateStore store() {
    return store;
  }

  /** Records after {@code afterOrder}, at least one if there is one. */
  List<JournalRecord> recordsAfter(long afterOrder, int countMax) {
    JournalRecord next = tail.find(afterOrder + 1);
    return next != null ? List.of(next) : store.recordsAfter(afterOrder, countMax);
  }
}
