package dev.ordinal.journal.state;

import dev.ordinal.journal.outcome.Outcome;
import dev.ordinal.journal.record.JournalRecord;
import dev.ordinal.journal.record.Version;
import dev.ordinal.journal.transaction.Key;
import dev.ordinal.journal.transaction.KeyRange;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A state that remembers how many keys were looked up together at most. */
final class LookupSizes implements StateView {
  private final StateView stored;
  private int largest;

  LookupSizes(StateView stored) {
    this.stored = stored;
  }

  int largest() {
    return largest;
  }

  @Override
  public List<@Nullable Version> latest(List<Key> keys) {
    largest = Math.max(largest, keys.size());
    return stored.latest(keys);
  }

  @Override
  public Head head() {
    return stored.head();
  }

  @Override
  public List<Key> existingIn(KeyRange range, int max) {
    return stored.existingIn(range, max);
  }

  @Override
  public @Nullable Outcome recordedOutcome(long session, long sequence) {
    return stored.recordedOutcome(session, sequence);
  }

  @Override
  public List<LeaseImage> leases() {
    return stored.leases();
  }

  @Override
  public List<SessionImage> sessions() {
    return stored.sessions();
  }

  @Override
  public List<JournalRecord> recordsAfter(long afterOrder, int countMax) {
    return stored.recordsAfter(afterOrder, countMax);
  }
}
