package dev.ordinal.journal.state;

import dev.ordinal.journal.outcome.Outcome;
import dev.ordinal.journal.record.JournalRecord;
import dev.ordinal.journal.record.Version;
import dev.ordinal.journal.store.CollectionFigures;
import dev.ordinal.journal.store.PageLimit;
import dev.ordinal.journal.store.ScanPage;
import dev.ordinal.journal.store.StateStore;
import dev.ordinal.journal.transaction.Key;
import dev.ordinal.journal.transaction.KeyRange;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A store as it is, for a variant to break. */
class OverStore implements StateStore {
  final StateStore inner;

  OverStore(StateStore inner) {
    this.inner = inner;
  }

  @Override
  public void write(Changes changes) {
    inner.write(changes);
  }

  @Override
  public @Nullable Version get(Key key, long order) {
    return inner.get(key, order);
  }

  @Override
  public List<@Nullable Version> get(List<Key> keys, long order) {
    return inner.get(keys, order);
  }

  @Override
  public ScanPage scan(KeyRange range, long order, PageLimit limit) {
    return inner.scan(range, order, limit);
  }

  @Override
  public long flush() {
    return inner.flush();
  }

  @Override
  public long collectedThrough() {
    return inner.collectedThrough();
  }

  @Override
  public boolean collect(long through, int effectsMax) {
    return inner.collect(through, effectsMax);
  }

  @Override
  public CollectionFigures collection() {
    return inner.collection();
  }

  @Override
  public Head head() {
    return inner.head();
  }

  @Override
  public List<@Nullable Version> latest(List<Key> keys) {
    return inner.latest(keys);
  }

  @Override
  public List<Key> existingIn(KeyRange range, int max) {
    return inner.existingIn(range, max);
  }

  @Override
  public @Nullable Outcome recordedOutcome(long session, long sequence) {
    return inner.recordedOutcome(session, sequence);
  }

  @Override
  public List<SessionImage> sessions() {
    return inner.sessions();
  }

  @Override
  public List<LeaseImage> leases() {
    return inner.leases();
  }

  @Override
  public @Nullable LeaseImage lease(long id) {
    return inner.lease(id);
  }

  @Override
  public List<JournalRecord> recordsAfter(long afterOrder, int countMax) {
    return inner.recordsAfter(afterOrder, countMax);
  }

  @Override
  public void close() {
    inner.close();
  }
}
