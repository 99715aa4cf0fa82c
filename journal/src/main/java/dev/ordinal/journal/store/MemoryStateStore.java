package dev.ordinal.journal.store;

import dev.ordinal.journal.outcome.Outcome;
import dev.ordinal.journal.record.JournalRecord;
import dev.ordinal.journal.record.Row;
import dev.ordinal.journal.record.Version;
import dev.ordinal.journal.state.Changes;
import dev.ordinal.journal.state.Head;
import dev.ordinal.journal.state.LeaseImage;
import dev.ordinal.journal.state.SessionImage;
import dev.ordinal.journal.transaction.Key;
import dev.ordinal.journal.transaction.KeyRange;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The twin of the store on disk: the same contract over sorted maps. It also plays what a crash
 * does, see {@link #crash}.
 */
public final class MemoryStateStore implements StateStore {
  private final Head initial;

  /** What a crash cannot take away. */
  private final List<Consumer<MemoryTables>> durable = new ArrayList<>();

  /** Done since, in order; a crash keeps a prefix of it. */
  private final Deque<Consumer<MemoryTables>> unflushed = new ArrayDeque<>();

  private MemoryTables tables;

  /** Before the last crash. */
  private long removedBefore;

  public MemoryStateStore(Head initial) {
    this.initial = initial;
    this.tables = new MemoryTables(initial);
  }

  /** How many writes a crash could take away. */
  public synchronized int unflushedWrites() {
    return unflushed.size();
  }

  /**
   * Goes back to what a crash leaves if it spares the first {@code spared} of the unflushed writes.
   */
  public synchronized void crash(int spared) {
    if (spared < 0 || spared > unflushed.size()) {
      throw new IllegalArgumentException(
          "a crash can spare 0 to %d writes, not %d".formatted(unflushed.size(), spared));
    }
    for (int i = 0; i < spared; i++) {
      durable.add(unflushed.removeFirst());
    }
    unflushed.clear();
    tables = new MemoryTables(initial);
    durable.forEach(step -> step.accept(tables));
    removedBefore = tables.removed();
  }

  @Override
  public synchronized void write(Changes changes) {
    tables.apply(changes);
    unflushed.addLast(made -> made.apply(changes));
  }

  @Override
  public synchronized long flush() {
    durable.addAll(unflushed);
    unflushed.clear();
    return tables.head().slot().slot();
  }

  @Override
  public synchronized Head head() {
    return tables.head();
  }

  @Override
  public synchronized @Nullable Version get(Key key, long order) {
    Version version = tables.version(key, order);
    return version != null && version.state().exists() ? version : null;
  }

  @Override
  public synchronized List<@Nullable Version> get(List<Key> keys, long order) {
    List<@Nullable Version> versions = new ArrayList<>(keys.size());
    for (Key key : keys) {
      versions.add(get(key, order));
    }
    return versions;
  }

  @Override
  public synchronized ScanPage scan(KeyRange range, long order, PageLimit limit) {
    return tables.scan(range, order, limit);
  }

  @Override
  public synchronized List<@Nullable Version> latest(List<Key> keys) {
    List<@Nullable Version> versions = new ArrayList<>(keys.size());
    for (Key key : keys) {
      versions.add(get(key, Long.MAX_VALUE));
    }
    return versions;
  }

  @Override
  public synchronized List<Key> existingIn(KeyRange range, int max) {
    PageLimit limit = new PageLimit(max, Long.MAX_VALUE);
    return tables.scan(range, Long.MAX_VALUE, limit).rows().stream().map(Row::key).toList();
  }

  @Override
  public synchronized @Nullable Outcome recordedOutcome(long session, long sequence) {
    return tables.recordedOutcome(session, sequence);
  }

  @Override
  public synchronized List<SessionImage> sessions() {
    return tables.sessions();
  }

  @Override
  public synchronized @Nullable LeaseImage lease(long lease) {
    return tables.lease(lease);
  }

  @Override
  public synchronized List<LeaseImage> leases() {
    return tables.leases();
  }

  @Override
  public synchronized List<JournalRecord> recordsAfter(long afterOrder, int countMax) {
    return tables.recordsAfter(afterOrder, countMax);
  }

  @Override
  public synchronized long collectedThrough() {
    return tables.collectedThrough();
  }

  @Override
  public synchronized boolean collect(long through, int effectsMax) {
    if (!tables.collect(through, effectsMax)) {
      return false;
    }
    unflushed.addLast(made -> made.collect(through, effectsMax));
    return true;
  }

  @Override
  public synchronized CollectionFigures collection() {
    return new CollectionFigures(tables.collectedThrough(), tables.removed() - removedBefore, 0);
  }

  @Override
  public void close() {}
}
