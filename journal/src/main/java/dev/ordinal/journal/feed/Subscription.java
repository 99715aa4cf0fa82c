package dev.ordinal.journal.feed;

import dev.ordinal.journal.record.Effect;
import dev.ordinal.journal.record.JournalRecord;
import dev.ordinal.journal.retention.NotRetained;
import dev.ordinal.journal.state.Head;
import dev.ordinal.journal.store.PageLimit;
import dev.ordinal.journal.store.ScanPage;
import dev.ordinal.journal.transaction.Key;
import dev.ordinal.journal.transaction.KeyRange;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A subscriber's place in the journal. For one thread at a time; its owner asks {@link #next} again
 * whenever it can take more, and rests when the answer is null until it is woken.
 *
 * <p>Invariant: everything selected through {@code cursor} was told, and the subscriber knows that
 * for everything through {@code told}; {@code told ≤ cursor ≤} the feed's head.
 */
public final class Subscription implements AutoCloseable {
  private static final PageLimit STATE_PAGE = new PageLimit(4_096, 1L << 20);
  private static final long RECORDS_BYTES_MAX = 1L << 20;

  /** Looked at in one {@link #next}, so that one subscriber cannot keep a thread from others. */
  private static final int LOOKED_AT_MAX = 4_096;

  private static final int FETCHED_MAX = 256;

  private final Feed feed;
  private final Selection selection;
  private final Runnable wake;

  /** Set while the owner rests. */
  private final AtomicBoolean resting = new AtomicBoolean();

  /** Read by others: nothing after it is collected on its account, see {@link Feed#lowestPin}. */
  private volatile long cursor;

  private long told;

  /** What comes next is gone. */
  private boolean lost;

  /** The range of the selection whose rows come next; past the last one, the state is complete. */
  private int range;

  private @Nullable Key resumeAt;

  Subscription(Feed feed, Selection selection, long afterOrder, boolean withState, Runnable wake) {
    this.feed = feed;
    this.selection = selection;
    this.wake = wake;
    this.cursor = afterOrder;
    this.told = afterOrder;
    this.range = withState ? 0 : selection.ranges().size();
  }

  /** The next thing to tell. Null: nothing now; the subscription's owner will be woken. */
  public @Nullable FeedEvent next() {
    if (range < selection.ranges().size()) {
      FeedEvent state = state();
      return feed.store().collectedThrough() > cursor ? snapshotRequired() : state;
    }
    FeedEvent event = afterState();
    if (event == null) {
      resting.set(true);
      if (cursor < feed.head() && resting.compareAndSet(true, false)) {
        event = afterState();
      }
    }
    return event;
  }

  private FeedEvent state() {
    KeyRange selected = selection.ranges().get(range);
    Key from = resumeAt == null ? selected.start() : resumeAt;
    ScanPage page = feed.store().scan(new KeyRange(from, selected.end()), cursor, STATE_PAGE);
    resumeAt = page.resumeAt();
    if (resumeAt == null) {
      range++;
    }
    return new FeedEvent.State(cursor, page.rows(), range == selection.ranges().size());
  }

  private @Nullable FeedEvent afterState() {
    List<JournalRecord> selected = selectedRecords(feed.head());
    if (!selected.isEmpty()) {
      told = selected.getLast().order();
      return new FeedEvent.Records(selected);
    }
    if (lost) {
      return snapshotRequired();
    }
    if (told == cursor) {
      return null;
    }
    told = cursor;
    return new FeedEvent.Progress(told);
  }

  /** Moves the cursor on, through {@code head} at most. */
  private List<JournalRecord> selectedRecords(long head) {
    List<JournalRecord> selected = new ArrayList<>();
    long bytes = 0;
    int lookedAt = 0;
    while (cursor < head && !lost && lookedAt < LOOKED_AT_MAX && bytes < RECORDS_BYTES_MAX) {
      for (JournalRecord next : nextRecords()) {
        if (next.order() > head || bytes >= RECORDS_BYTES_MAX) {
          break;
        }
        cursor = next.order();
        lookedAt++;
        JournalRecord part = selectedPart(next);
        if (!part.effects().isEmpty()) {
          selected.add(part);
          bytes += Tail.bytesOf(part);
        }
      }
    }
    return selected;
  }

  private List<JournalRecord> nextRecords() {
    try {
      return feed.recordsAfter(cursor, FETCHED_MAX);
    } catch (NotRetained e) {
      lost = true;
      return List.of();
    }
  }

  private FeedEvent snapshotRequired() {
    Head head = feed.store().head();
    return new FeedEvent.SnapshotRequired(head.retention().floor(), head.order().order());
  }

  long cursor() {
    return cursor;
  }

  private JournalRecord selectedPart(JournalRecord whole) {
    List<Effect> effects = new ArrayList<>(whole.effects().size());
    for (Effect effect : whole.effects()) {
      if (selection.admits(effect.key())) {
        effects.add(effect);
      }
    }
    return effects.size() == whole.effects().size()
        ? whole
        : new JournalRecord(
            whole.order(),
            whole.origin(),
            whole.labels(),
            effects,
            whole.digest(),
            whole.bytesBefore());
  }

  void wake() {
    if (resting.get() && resting.compareAndSet(true, false)) {
      wake.run();
    }
  }

  @Override
  public void close() {
    feed.remove(this);
  }
}
