package dev.ordinal.journal.state;

import dev.ordinal.journal.outcome.Outcome;
import dev.ordinal.journal.record.Digest;
import dev.ordinal.journal.record.Effect;
import dev.ordinal.journal.record.JournalRecord;
import dev.ordinal.journal.record.KeyState;
import dev.ordinal.journal.record.RecordOrigin;
import dev.ordinal.journal.record.Version;
import dev.ordinal.journal.retention.RetentionChange;
import dev.ordinal.journal.transaction.Command;
import dev.ordinal.journal.transaction.Key;
import dev.ordinal.journal.transaction.Origin;
import dev.ordinal.journal.transaction.Transaction;
import dev.ordinal.journal.validation.ConflictIndex;
import dev.ordinal.journal.validation.Horizon;
import dev.ordinal.journal.validation.Modifications;
import dev.ordinal.journal.validation.Validator;
import dev.ordinal.journal.validation.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
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

  private final StateView stored;
  private final ConflictIndex index;
  private final Validator validator;
  private final Sessions sessions;
  private final Digests digests = new Digests();

  /** After the last slot that was applied. */
  private Head head;

  private StateMachine(
      StateView stored, Capacity capacity, ConflictIndex index, Validator validator) {
    this.stored = stored;
    this.index = index;
    this.validator = validator;
    this.sessions = new Sessions(stored, capacity);
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
    SlotView present = new SlotView(stored, commands);
    List<JournalRecord> records = new ArrayList<>();
    List<Outcome> outcomes = new ArrayList<>(commands.size());
    for (Command command : commands) {
      outcomes.add(apply(slot, command, present, records));
    }
    head = headAfter(slot, entryHash, outcomes);
    return new Applied(new Changes(head, records, sessions.end()), outcomes);
  }

  private Outcome apply(long slot, Command command, SlotView present, List<JournalRecord> records) {
    return switch (command) {
      case Command.Submit(Transaction transaction) -> submit(slot, transaction, present, records);
      case Command.OpenSession open -> sessions.open(open);
      case Command.CloseSession close -> sessions.close(close);
      case Command.Tick tick -> tick(slot, tick);
      case Command.Barrier() -> move(head.clock().marked(slot));
      case Command.Retain(RetentionChange change) -> retain(change);
      case Command.Malformed malformed -> new Outcome.Malformed(malformed.reason());
    };
  }

  private Outcome tick(long slot, Command.Tick tick) {
    Clock moved = head.clock().ticked(slot, tick);
    return moved == null ? new Outcome.TickOutdated(head.clock().mark()) : move(moved);
  }

  private Outcome move(Clock clock) {
    head = head.at(clock);
    return new Outcome.ClockMarked(clock.mark(), clock.millis());
  }

  private Outcome retain(RetentionChange change) {
    RetentionStep step = RetentionStep.of(head.retention(), change, head.order().order());
    head = head.retaining(step.after());
    return step.outcome();
  }

  private Outcome submit(
      long slot, Transaction transaction, SlotView present, List<JournalRecord> records) {
    Outcome known = sessions.admit(transaction.origin());
    if (known != null) {
      return known;
    }
    Outcome outcome =
        switch (validator.judge(transaction, present)) {
          case Verdict.Refuse(Outcome refusal) -> refusal;
          case Verdict.Commit(var groups, var writes) -> {
            JournalRecord record = commit(slot, transaction, effects(writes, present));
            present.committed(record.order(), record.effects());
            records.add(record);
            yield new Outcome.Committed(record.order(), groups);
          }
        };
    sessions.record(transaction.origin(), outcome);
    return outcome;
  }

  /** What {@code writes} change: deleting what does not exist changes nothing. */
  private static List<Effect> effects(NavigableMap<Key, KeyState> writes, SlotView present) {
    List<Effect> effects = new ArrayList<>(writes.size());
    for (Map.Entry<Key, KeyState> write : writes.entrySet()) {
      Version prior = present.version(write.getKey());
      if (prior != null || write.getValue().exists()) {
        long priorOrder = prior == null ? 0 : prior.order();
        effects.add(new Effect(write.getKey(), write.getValue(), priorOrder));
      }
    }
    return effects;
  }

  private JournalRecord commit(long slot, Transaction transaction, List<Effect> effects) {
    Head.OrderTip last = head.order();
    Origin origin = transaction.origin();
    long order = last.order() + 1;
    Digest digest = digests.ofRecord(last.digest(), order, effects);
    index.committed(order, origin.session(), effects);
    head = head.at(new Head.OrderTip(order, origin.session(), digest));
    RecordOrigin from =
        new RecordOrigin(slot, origin.session(), origin.sequence(), head.clock().millis());
    return new JournalRecord(order, from, transaction.labels(), effects, digest);
  }

  private Head headAfter(long slot, Digest entryHash, List<Outcome> outcomes) {
    return new Head(
        head.history(),
        new Head.SlotTip(slot, entryHash, digests.ofSlot(head, slot, entryHash, outcomes)),
        head.order(),
        new Horizon(index.horizon(), head.horizon().limits()),
        head.clock(),
        sessions.openedCount(),
        head.retention());
  }
}
