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

  @Override
  void close();
}
