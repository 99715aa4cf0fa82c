package dev.ordinal.journal.state;

import dev.ordinal.journal.outcome.Outcome;
import dev.ordinal.journal.record.Digest;
import dev.ordinal.journal.record.Effect;
import dev.ordinal.journal.record.JournalRecord;
import dev.ordinal.journal.record.KeyState;
import dev.ordinal.journal.record.RecordOrigin;
import dev.ordinal.journal.record.RecordSize;
import dev.ordinal.journal.record.Version;
import dev.ordinal.journal.retention.RetentionChange;
import dev.ordinal.journal.transaction.Command;
import dev.ordinal.journal.transaction.Key;
import dev.ordinal.journal.transaction.Label;
import dev.ordinal.journal.transaction.Origin;
import dev.ordinal.journal.transaction.Transaction;
import dev.ordinal.journal.validation.ConflictIndex;
import dev.ordinal.journal.validation.Horizon;
import dev.ordinal.journal.validation.Modifications;
import dev.ordinal.journal.validation.Validator;
import dev.ordinal.journal.validation.Verdict;
import dev.ordinal.journal.validation.Write;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Applies slots: judges their transactions one after the other, hands out order IDs to those that
 * commit, and says what the state becomes. The same slots give the same changes and outcomes on
 * every replica, whenever it was restarted.
 *
 * <p>It keeps an index of modifications and the open sessions in step with the state, so the
 * changes of a slot must be written to the {@link StateView} it was opened on before the next slot
 * is applied. Not safe for use by several threads at once; {@link #foregone} neither.
 */
public final class StateMachine {
  private static final int REBUILD_PAGE_RECORDS = 1024;

  /** On the records of the store itself. */
  private static final List<Label> LEASE_ENDED = List.of(new Label("cause", "lease-ended"));

  private final StateView stored;
  private final ConflictIndex index;
  private final Validator validator;
  private final Sessions sessions;
  private final Leases leases;
  private final Digests digests = new Digests();

  /** After the last slot that was applied. */
  private Head head;

  private StateMachine(
      StateView stored, Capacity capacity, ConflictIndex index, Validator validator) {
    this.stored = stored;
    this.index = index;
    this.validator = validator;
    this.sessions = new Sessions(stored, capacity);
    this.leases = new Leases(stored, capacity.leasing());
    this.head = stored.head();
  }

  /** Goes on from what {@code stored} holds; reads the records after its horizon. */
  public static StateMachine open(StateView stored) {
    Capacity capacity = Capacity.STANDARD;
    long history = stored.head().history();
    return open(
        stored, capacity, index -> new Validator(index, history, capacity.deletedKeysMax()));
  }

  /** With a capacity and a validator of its own: for tests, which plant broken ones. */
  static StateMachine open(
      StateView stored, Capacity capacity, Function<Modifications, Validator> validator) {
    ConflictIndex index = rebuild(stored);
    return new StateMachine(stored, capacity, index, validator.apply(index));
  }

  private static ConflictIndex rebuild(StateView stored) {
    Head head = stored.head();
    ConflictIndex index = new ConflictIndex(head.horizon(), head.order().session());
    while (index.lastOrder() < head.order().order()) {
      List<JournalRecord> page = stored.recordsAfter(index.lastOrder(), REBUILD_PAGE_RECORDS);
      if (page.isEmpty()) {
        throw new IllegalStateException(
            "the journal ends at order ID %d, its head says %d"
                .formatted(index.lastOrder(), head.order().order()));
      }
      for (JournalRecord record : page) {
        index.committed(record.order(), record.origin().session(), record.effects());
      }
    }
    return index;
  }

  /** After the last slot that was applied. */
  public Head head() {
    return head;
  }

  /** What waits for a tick. */
  public Dues dues() {
    long next = Math.min(sessions.firstDeadline(), leases.firstDeadline());
    return new Dues(
        Math.max(next, head.clock().graceUntil()),
        sessions.unsettledCount() + leases.unsettledCount());
  }

  /**
   * What is already certain about {@code transaction} before it enters the log: its recorded
   * outcome, or a refusal that no later state can lift. Null: it has to be decided.
   *
   * <p>Another copy of it may be on its way. One that is applied before what it conflicts with has
   * left its outcome, as long as its session is open; so of a session that is not, nothing is
   * certain: the transaction may be what it would be refused for.
   */
  public @Nullable Outcome foregone(Transaction transaction) {
    Origin origin = transaction.origin();
    if (origin.hasSession() && !sessions.isOpen(origin.session())) {
      return null;
    }
    Outcome known = sessions.answer(origin);
    return known != null ? known : validator.foregone(transaction);
  }

  /**
   * Applies the commands of {@code slot}, which must be the one after the last; {@code entryHash}
   * is the hash of the log through it. A slot without commands still moves the head.
   */
  public Applied apply(long slot, Digest entryHash, List<Command> commands) {
    if (slot != head.slot().slot() + 1) {
      throw new IllegalStateException(
          "slot %d cannot follow slot %d".formatted(slot, head.slot().slot()));
    }
    sessions.begin(slot);
    leases.begin();
    Work work = new Work(slot, new SlotView(stored, leases, commands), new ArrayList<>());
    List<Outcome> outcomes = new ArrayList<>(commands.size());
    for (Command command : commands) {
      outcomes.add(apply(command, work));
    }
    head = headAfter(slot, entryHash, outcomes);
    return new Applied(new Changes(head, work.records(), sessions.end(), leases.end()), outcomes);
  }

  /** A slot while it is applied: what its commands see, and what they have committed so far. */
  private record Work(long slot, SlotView present, List<JournalRecord> records) {}

  private Outcome apply(Command command, Work work) {
    return switch (command) {
      case Command.Submit(Transaction transaction) -> submit(transaction, work);
      case Command.OpenSession open -> sessions.open(open);
      case Command.CloseSession close -> sessions.close(close);
      case Command.GrantLease grant -> leases.grant(grant);
      case Command.RevokeLease(long lease) -> revoke(lease, work);
      case Command.KeepAlive(List<Long> kept, List<Long> open) ->
          new Outcome.KeptAlive(leases.keepAlive(kept), sessions.keepAlive(open));
      case Command.Tick tick -> tick(tick, work);
      case Command.Barrier() -> move(head.clock().marked(work.slot()));
      case Command.Retain(RetentionChange change) -> retain(change);
      case Command.Malformed malformed -> new Outcome.Malformed(malformed.reason());
    };
  }

  private Outcome revoke(long lease, Work work) {
    if (!leases.isAlive(lease)) {
      return new Outcome.LeaseUnknown(lease);
    }
    return new Outcome.LeaseRevoked(lease, delete(leases.end(lease), work));
  }

  /** Time goes on: what was renewed is settled, what is due ends. */
  private Outcome tick(Command.Tick tick, Work work) {
    Clock moved = head.clock().ticked(work.slot(), tick);
    if (moved == null) {
      return new Outcome.TickOutdated(head.clock().mark());
    }
    sessions.settle(moved.millis());
    leases.settle(moved.millis());
    Outcome outcome = move(moved);
    if (moved.millis() >= moved.graceUntil()) {
      sessions.expire(moved.millis());
      delete(leases.expire(moved.millis()), work);
    }
    return outcome;
  }

  /** Deletes the keys of leases that ended, in one order ID; answers it, 0 if they had none. */
  private long delete(Collection<Key> keys, Work work) {
    if (keys.isEmpty()) {
      return 0;
    }
    work.present().expect(keys);
    NavigableMap<Key, Write> writes = new TreeMap<>();
    keys.forEach(key -> writes.put(key, Write.DELETED));
    return commit(Origin.NONE, LEASE_ENDED, writes, work);
  }

  private Outcome move(Clock clock) {
    head = head.at(clock);
    return new Outcome.ClockMarked(clock.mark(), clock.millis());
  }

  private Outcome retain(RetentionChange change) {
    RetentionStep step = RetentionStep.of(head, change);
    head = head.retaining(step.after());
    return step.outcome();
  }

  private Outcome submit(Transaction transaction, Work work) {
    Outcome known = sessions.admit(transaction.origin());
    if (known != null) {
      return known;
    }
    Outcome outcome =
        switch (validator.judge(transaction, work.present())) {
          case Verdict.Refuse(Outcome refusal) -> refusal;
          case Verdict.Commit(var groups, var writes) -> {
            leases.wrote(writes);
            yield new Outcome.Committed(
                commit(transaction.origin(), transaction.labels(), writes, work), groups);
          }
        };
    sessions.record(transaction.origin(), outcome);
    return outcome;
  }

  /** What {@code writes} change: deleting what does not exist changes nothing. */
  private static List<Effect> effects(NavigableMap<Key, Write> writes, SlotView present) {
    List<Effect> effects = new ArrayList<>(writes.size());
    for (Map.Entry<Key, Write> write : writes.entrySet()) {
      KeyState state = write.getValue().state();
      Version prior = present.version(write.getKey());
      if (prior != null || state.exists()) {
        long priorOrder = prior == null ? 0 : prior.order();
        effects.add(new Effect(write.getKey(), state, priorOrder));
      }
    }
    return effects;
  }

  /** Answers the order ID. */
  private long commit(
      Origin origin, List<Label> labels, NavigableMap<Key, Write> writes, Work work) {
    List<Effect> effects = effects(writes, work.present());
    Head.OrderTip last = head.order();
    long order = last.order() + 1;
    Digest digest = digests.ofRecord(last.digest(), order, effects);
    index.committed(order, origin.session(), effects);
    long bytes = last.bytes() + RecordSize.of(labels, effects);
    head = head.at(new Head.OrderTip(order, origin.session(), digest, bytes));
    RecordOrigin from =
        new RecordOrigin(work.slot(), origin.session(), origin.sequence(), head.clock().millis());
    work.present().committed(order, effects);
    work.records().add(new JournalRecord(order, from, labels, effects, digest, last.bytes()));
    return order;
  }

  private Head headAfter(long slot, Digest entryHash, List<Outcome> outcomes) {
    return new Head(
        head.history(),
        new Head.SlotTip(slot, entryHash, digests.ofSlot(head, slot, entryHash, outcomes)),
        head.order(),
        new Horizon(index.horizon(), head.horizon().limits()),
        head.clock(),
        leases.madeCount(),
        sessions.openedCount(),
        head.retention());
  }
}
