package dev.ordinal.journal.state;

import dev.ordinal.journal.outcome.Outcome;
import dev.ordinal.journal.record.JournalRecord;
import dev.ordinal.journal.record.Version;
import dev.ordinal.journal.retention.NotRetained;
import dev.ordinal.journal.transaction.Key;
import dev.ordinal.journal.transaction.KeyRange;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the state machine may look up: the state as the last written {@link Changes} left it. The
 * only door from pure code to storage.
 */
public interface StateView {
  Head head();

  /**
   * The present versions of {@code keys}, in their order; null for a key that does not exist.
   * Whether it was deleted or never written does not show: a replica forgets that when it collects
   * what is below the floor, and what is decided must not depend on when it does (I12, I21).
   */
  List<@Nullable Version> latest(List<Key> keys);

  /** The first {@code max} existing keys of {@code range}, ascending, at the last order ID. */
  List<Key> existingIn(KeyRange range, int max);

  @Nullable Outcome recordedOutcome(long session, long sequence);

  /** Every kept session, ascending by id. */
  List<SessionImage> sessions();

  /** Every lease that is alive, ascending by id. */
  List<LeaseImage> leases();

  /**
   * Up to {@code countMax} records after order ID {@code afterOrder}, ascending and without gaps;
   * empty if there are none, fewer than there are if they are large. Throws {@link NotRetained} if
   * the first of them is no longer kept here.
   */
  List<JournalRecord> recordsAfter(long afterOrder, int countMax);
}
