package dev.ordinal.journal.store;

import dev.ordinal.journal.record.Version;
import dev.ordinal.journal.state.Changes;
import dev.ordinal.journal.state.LeaseImage;
import dev.ordinal.journal.state.StateView;
import dev.ordinal.journal.transaction.Key;
import dev.ordinal.journal.transaction.KeyRange;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the state of the journal, every version of it. One thread writes; any number read, also
 * while it writes. A reader that names an order ID through {@code head().order()} sees exactly the
 * state at that order ID, whatever is written meanwhile.
 *
 * <p>What it inherits from {@link StateView} is for the thread that writes alone, except {@link
 * #head}, {@link #recordedOutcome}, {@link #leases} and {@link #recordsAfter}.
 *
 * <p>Writes are atomic and in order, but not durable by themselves: a crash leaves the state as it
 * was after some slot, at least the last one before a {@link #flush} that returned. The caller
 * applies the slots after it again.
 */
public interface StateStore extends StateView, AutoCloseable {
  /**
   * Makes all of {@code changes} at once. Throws {@link IllegalArgumentException} if they do not
   * follow the present head: its slot is not the next one, or the records do not go on from its
   * order ID without a gap.
   */
  void write(Changes changes);

  /** The version of {@code key} in the state at {@code order}; null if it did not exist then. */
  @Nullable Version get(Key key, long order);

  /** As {@link #get(Key, long)}, one answer a key, in their order. */
  List<@Nullable Version> get(List<Key> keys, long order);

  /**
   * The existing keys of {@code range} in the state at {@code order}, ascending, a page of them.
   */
  ScanPage scan(KeyRange range, long order, PageLimit limit);

  /** The lease of this number with its keys; null if it is not alive. */
  @Nullable LeaseImage lease(long lease);

  /**
   * Returns when everything written before the call is durable. Returns the slot through which that
   * holds at least, so that the log before it can be dropped.
   */
  long flush();

  /** Memory outside the Java heap that it takes now, in bytes; not after {@link #close}. */
  default long nativeBytes() {
    return 0;
  }

  /**
   * The order ID through which was collected: what is read at one before it may be incomplete, and
   * records through it are no longer answered. It is at most the floor and at most the horizon.
   *
   * <p>A reader asks after it has read: the answer is raised before anything goes.
   */
  long collectedThrough();

  /**
   * Takes one step of collecting: removes what the next records, through order ID {@code through}
   * at most, have superseded or deleted, together with the note that it did (so that a crash loses
   * both or neither). Nothing that is answered at {@code through} or later changes. May be called
   * by a thread other than the one that writes, by one at a time.
   *
   * @param effectsMax the step ends with the record that reaches it
   * @return false: there was nothing to do
   */
  boolean collect(long through, int effectsMax);

  /** What collecting has done since the store was opened. */
  CollectionFigures collection();

  @Override
  void close();
}
