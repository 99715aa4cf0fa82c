package dev.ordinal.journal.store;

import dev.ordinal.journal.codec.OutcomeCodec;
import dev.ordinal.journal.codec.RecordCodec;
import dev.ordinal.journal.outcome.Outcome;
import dev.ordinal.journal.record.Effect;
import dev.ordinal.journal.record.JournalRecord;
import dev.ordinal.journal.record.Version;
import dev.ordinal.journal.state.Changes;
import dev.ordinal.journal.state.LeaseChange;
import dev.ordinal.journal.state.LeaseHeader;
import dev.ordinal.journal.state.SessionChange;
import dev.ordinal.journal.state.SessionHeader;
import dev.ordinal.journal.transaction.Key;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** Turns what a slot changes into rows, and writes them at once. For one thread. */
final class SlotWriter {
  private final StateDatabase database;
  private final RowCollector collector;

  SlotWriter(StateDatabase database, RowCollector collector) {
    this.database = database;
    this.collector = collector;
  }

  static byte[] journalRow(long order) {
    return ByteBuffer.allocate(Long.BYTES).putLong(order).array();
  }

  /**
   * Answers the new newest version of every key that the slot wrote.
   *
   * @param before the newest version of an effect's key before the slot, a deletion included; of
   *     order ID 0: there is none
   */
  Map<Key, Version> write(Changes changes, Function<Effect, Version> before) {
    Map<Key, Version> newest = new HashMap<>();
    try {
      for (JournalRecord record : changes.records()) {
        database.put(StateFamily.JOURNAL, journalRow(record.order()), RecordCodec.encode(record));
        for (Effect effect : record.effects()) {
          supersede(effect, newest, before);
          newest.put(effect.key(), new Version(record.order(), effect.state()));
        }
      }
      newest.forEach((key, version) ->
          database.put(StateFamily.NEWEST, key.bytes(), StateBytes.ofNewest(version)));
      changes.sessions().forEach(this::put);
      changes.leases().forEach(this::put);
      database.put(StateFamily.META, MetaBytes.HEAD_ROW, MetaBytes.encode(changes.head()));
    } catch (RuntimeException e) {
      database.discard();
      throw e;
    }
    database.write();
    return newest;
  }

  /** Moves the version that {@code effect} replaces into history. */
  private void supersede(
      Effect effect, Map<Key, Version> newest, Function<Effect, Version> before) {
    Key key = effect.key();
    Version inSlot = newest.get(key);
    Version prior = inSlot == null ? before.apply(effect) : inSlot;
    if (effect.priorOrder() != (prior.state().exists() ? prior.order() : 0)) {
      throw new IllegalStateException(
          "the version of %s before is said to be of order ID %d, the store has %s"
              .formatted(key, effect.priorOrder(), prior));
    }
    if (!collector.isKept(prior)) {
      return;
    }
    database.put(
        StateFamily.HISTORY,
        HistoryKey.of(key, prior.order()),
        StateBytes.ofSuperseded(prior.state()));
  }

  private void put(LeaseChange change) {
    switch (change) {
      case LeaseChange.Saved(LeaseHeader header) ->
          database.put(
              StateFamily.LEASE, LeaseBytes.headerRow(header.id()), LeaseBytes.encode(header));
      case LeaseChange.Attached(long lease, Key key) ->
          database.put(StateFamily.LEASE, LeaseBytes.keyRow(lease, key), LeaseBytes.ATTACHED);
      case LeaseChange.Detached(long lease, Key key) ->
          database.delete(StateFamily.LEASE, LeaseBytes.keyRow(lease, key));
      case LeaseChange.Removed(long lease) ->
          database.delete(StateFamily.LEASE, LeaseBytes.headerRow(lease));
    }
  }

  private void put(SessionChange change) {
    switch (change) {
      case SessionChange.Saved(SessionHeader header) ->
          database.put(
              StateFamily.SESSION,
              SessionBytes.headerRow(header.id()),
              SessionBytes.encode(header));
      case SessionChange.Recorded(long session, long sequence, Outcome outcome) ->
          database.put(
              StateFamily.SESSION,
              SessionBytes.outcomeRow(session, sequence),
              OutcomeCodec.encode(outcome));
      case SessionChange.Forgotten(long session, long sequence) ->
          database.deleteOnce(StateFamily.SESSION, SessionBytes.outcomeRow(session, sequence));
      case SessionChange.Removed(long session) ->
          database.delete(StateFamily.SESSION, SessionBytes.headerRow(session));
    }
  }
}
