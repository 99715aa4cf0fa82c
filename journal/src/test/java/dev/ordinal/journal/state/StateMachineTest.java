package dev.ordinal.journal.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ordinal.journal.outcome.GroupOutcome;
import dev.ordinal.journal.outcome.Outcome;
import dev.ordinal.journal.outcome.Refusal;
import dev.ordinal.journal.record.Digest;
import dev.ordinal.journal.record.KeyState;
import dev.ordinal.journal.store.MemoryStateStore;
import dev.ordinal.journal.transaction.Alternative;
import dev.ordinal.journal.transaction.Bounds;
import dev.ordinal.journal.transaction.Command;
import dev.ordinal.journal.transaction.Group;
import dev.ordinal.journal.transaction.Guard;
import dev.ordinal.journal.transaction.Key;
import dev.ordinal.journal.transaction.KeyRange;
import dev.ordinal.journal.transaction.Mode;
import dev.ordinal.journal.transaction.Operation;
import dev.ordinal.journal.transaction.Origin;
import dev.ordinal.journal.transaction.Policy;
import dev.ordinal.journal.transaction.ReadKey;
import dev.ordinal.journal.transaction.ReadRange;
import dev.ordinal.journal.transaction.Snapshot;
import dev.ordinal.journal.transaction.Transaction;
import dev.ordinal.journal.transaction.Value;
import dev.ordinal.journal.validation.Horizon;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the journal promises, one example each. */
final class StateMachineTest {
  private static final long HISTORY = 42;
  private static final Key NODE = Key.of("node/1/gpu");

  private final MemoryStateStore store =
      new MemoryStateStore(Head.initial(HISTORY, Horizon.Limits.SMALL));
  private final StateMachine machine = StateMachine.open(store);

  @Test
  void onlyCommittedTransactionsTakeOrderIds() {
    assertThat(apply(blind(put("a", "1")))).isEqualTo(committed(1));
    assertThat(apply(at(0, put("a", "2")))).isInstanceOf(Outcome.Refused.class);
    assertThat(apply(at(1, put("a", "2")))).isEqualTo(committed(2));
    assertThat(store.head().slot().slot()).isEqualTo(3);
  }

  @Test
  void aConflictNamesTheKeyTheOrderAndTheSessionThatBeatIt() {
    long session = openSession(7);
    apply(submit(new Origin(session, 1, 0), null, put("a", "theirs")));

    assertThat(apply(at(0, put("a", "mine"))))
        .isEqualTo(refused(1, new Refusal.Written(Key.of("a"), 1, session)));
  }

  @Test
  void aDeletedKeyThatWasReadIsAConflict() {
    apply(blind(put("a", "1")));
    apply(blind(new Operation.Delete(Key.of("a"), true)));

    assertThat(apply(reading(1, List.of(new ReadKey(Key.of("a"), 1)), List.of())))
        .isEqualTo(refused(2, new Refusal.Deleted(Key.of("a"), 2, 0)));
  }

  @Test
  void aRangeThatWasReadEmptyIsAConflictWhenItFills() {
    apply(blind(put("z", "1")));
    KeyRange range = new KeyRange(Key.of("task/"), Key.of("task0"));
    apply(blind(put("task/1", "queued")));

    assertThat(apply(reading(1, List.of(), List.of(new ReadRange(range, 1)))))
        .isEqualTo(refused(2, new Refusal.Phantom(range, 2, 0)));
  }

  @Test
  void modeJournalRefusesIfAnythingCommittedSince() {
    apply(blind(put("a", "1")));
    apply(blind(put("b", "1")));

    assertThat(apply(journal(1, put("c", "1"))))
        .isEqualTo(refused(2, new Refusal.JournalMoved(2, 0)));
    assertThat(apply(journal(2, put("c", "1")))).isEqualTo(committed(3));
  }

  @Test
  void claimsOnOneCounterConflictOnlyWhenItRunsShort() {
    apply(blind(new Operation.CreateCounter(NODE, 1000, new Bounds(0, 1000), true)));

    assertThat(apply(at(1, new Operation.Add(NODE, -600)))).isEqualTo(committed(2));
    assertThat(apply(at(1, new Operation.Add(NODE, -600))))
        .isEqualTo(refused(2, new Refusal.Bound(NODE, 200, 400)));
    assertThat(apply(at(1, new Operation.Add(NODE, -400)))).isEqualTo(committed(3));
  }

  @Test
  void twoGroupsCannotOverdrawOneCounterTogether() {
    apply(blind(new Operation.CreateCounter(NODE, 1000, new Bounds(0, 1000), true)));
    Group claim = Group.of(new Operation.Add(NODE, -600));

    assertThat(apply(transaction(Policy.INCREMENTAL, claim, claim)))
        .isEqualTo(
            new Outcome.Committed(
                2,
                List.of(
                    new GroupOutcome.Accepted(0),
                    new GroupOutcome.Rejected(new Refusal.Bound(NODE, 200, 400)))));
    assertThat(apply(transaction(Policy.ALL, claim, claim))).isInstanceOf(Outcome.Refused.class);
    assertThat(store.latest(List.of(NODE)).getFirst())
        .extracting(version -> version == null ? null : version.state())
        .isEqualTo(new KeyState.Counter(400, new Bounds(0, 1000)));
  }

  @Test
  void theFirstAlternativeThatPassesIsTaken() {
    Key taken = Key.of("port/80");
    apply(blind(put("port/80", "web")));
    Group anyPort =
        new Group(
            List.of(),
            List.of(),
            List.of(),
            Stream.of(taken, Key.of("port/81"), Key.of("port/82"))
                .map(StateMachineTest::claimOf)
                .toList());

    assertThat(apply(transaction(Policy.ALL, anyPort)))
        .isEqualTo(new Outcome.Committed(2, List.of(new GroupOutcome.Accepted(1))));
  }

  @Test
  void aRetriedTransactionIsAppliedOnce() {
    long session = openSession(7);
    apply(blind(new Operation.CreateCounter(NODE, 1000, new Bounds(0, 1000), true)));
    Command claim = submit(new Origin(session, 1, 0), null, new Operation.Add(NODE, -600));

    assertThat(apply(claim, claim)).isEqualTo(committed(2));
    assertThat(StateMachine.open(store).foregone(((Command.Submit) claim).transaction()))
        .isEqualTo(committed(2));
    assertThat(apply(claim)).isEqualTo(committed(2));
    assertThat(store.head().order().order()).isEqualTo(2);
  }

  /** What is left of it in a closed session is only its own write. */
  @Test
  void aRetryInAClosedSessionIsNotFoundInConflictWithItself() {
    long session = openSession(7);
    Command first = submit(new Origin(session, 1, 0), new Snapshot(HISTORY, 0), put("a", "1"));
    assertThat(apply(first)).isEqualTo(committed(1));
    apply(new Command.CloseSession(session));

    assertThat(machine.foregone(((Command.Submit) first).transaction())).isNull();
    assertThat(apply(first)).isEqualTo(new Outcome.SessionUnknown(session));
  }

  @Test
  void whatIsForegoneIsReportedAsItWouldBeLater() {
    apply(blind(put("a", "1")), blind(put("task/1", "queued")));
    apply(blind(new Operation.Delete(Key.of("b"), true)), blind(put("c", "1")));
    KeyRange range = new KeyRange(Key.of("task/"), Key.of("task0"));
    for (Command doomed :
        List.of(
            at(0, put("a", "2")),
            reading(0, List.of(new ReadKey(Key.of("a"), 0)), List.of()),
            reading(0, List.of(), List.of(new ReadRange(range, 1))),
            journal(1, put("d", "1")))) {
      Outcome early = machine.foregone(((Command.Submit) doomed).transaction());
      assertThat(early).isInstanceOf(Outcome.Refused.class).isEqualTo(apply(doomed));
    }
  }

  /** A bound that refused the first copy of a request would let the second pass. */
  @Test
  void aRefusalIsRememberedToo() {
    long session = openSession(7);
    apply(blind(new Operation.CreateCounter(NODE, 0, new Bounds(0, 1000), true)));
    Command claim = submit(new Origin(session, 1, 0), null, new Operation.Add(NODE, -600));
    Outcome first = apply(claim);
    apply(blind(new Operation.Add(NODE, 1000)));

    assertThat(first).isInstanceOf(Outcome.Refused.class);
    assertThat(apply(claim)).isEqualTo(first);
  }

  @Test
  void anAcknowledgedSequenceIsNeverJudgedAgain() {
    long session = openSession(7);
    apply(submit(new Origin(session, 1, 0), null, put("a", "1")));
    apply(submit(new Origin(session, 2, 1), null, put("a", "2")));

    assertThat(apply(submit(new Origin(session, 1, 0), null, put("a", "1"))))
        .isEqualTo(new Outcome.SequenceForgotten(1, 1));
    assertThat(store.recordedOutcome(session, 1)).isNull();
  }

  @Test
  void aSnapshotBeforeTheHorizonIsTooOld() {
    MemoryStateStore small =
        new MemoryStateStore(Head.initial(HISTORY, new Horizon.Limits(2, 1 << 20)));
    StateMachine narrow = StateMachine.open(small);
    for (long slot = 1; slot <= 3; slot++) {
      small.write(narrow.apply(slot, Digest.START, List.of(blind(put("a", "x")))).changes());
    }

    Applied applied = narrow.apply(4, Digest.START, List.of(at(0, put("b", "y"))));

    assertThat(applied.outcomes()).containsExactly(new Outcome.TooOld(1, 3));
  }

  @Test
  void aDeleteRangeMayNotWriteMoreThanATransactionMay() {
    for (int i = 0; i < 5; i++) {
      int thousand = i;
      apply(
          transaction(
              Policy.ALL,
              Group.of(
                  Stream.iterate(0, k -> k + 1)
                      .limit(1000)
                      .map(k -> put("k/%d/%d".formatted(thousand, k), "v"))
                      .toArray(Operation[]::new))));
    }
    KeyRange four = new KeyRange(Key.EMPTY, Key.of("k/4"));

    assertThat(apply(blind(new Operation.DeleteRange(KeyRange.EVERYTHING, true))))
        .isEqualTo(refused(5, new Refusal.RangeTooLarge(KeyRange.EVERYTHING)));
    assertThat(apply(blind(new Operation.DeleteRange(four, true)))).isEqualTo(committed(6));
    assertThat(store.existingIn(KeyRange.EVERYTHING, 5000)).hasSize(1000);
  }

  /** Each value can be large: a slot that names many must not hold them all. */
  @Test
  void keysAreLookedUpAFewAtATime() {
    int keys = 150;
    for (int i = 0; i < keys; i++) {
      apply(blind(put("k" + i, "v")));
    }
    Command[] deletes =
        Stream.iterate(0, i -> i + 1)
            .limit(keys)
            .map(i -> blind(new Operation.Delete(Key.of("k" + i), true)))
            .toArray(Command[]::new);
    LookupSizes sizes = new LookupSizes(store);

    Applied applied = StateMachine.open(sizes).apply(keys + 1L, Digest.START, List.of(deletes));

    assertThat(applied.outcomes()).hasSize(keys).allMatch(Outcome.Committed.class::isInstance);
    assertThat(sizes.largest()).isBetween(2, 32);
  }

  private Outcome apply(Command... commands) {
    long slot = machine.head().slot().slot() + 1;
    Applied applied = machine.apply(slot, Digest.START, List.of(commands));
    store.write(applied.changes());
    return applied.outcomes().getLast();
  }

  private long openSession(long nonce) {
    return ((Outcome.SessionOpened) apply(new Command.OpenSession(1000, "test", nonce))).session();
  }

  private static Outcome committed(long order) {
    return new Outcome.Committed(order, List.of(new GroupOutcome.Accepted(0)));
  }

  private static Outcome refused(long currentOrder, Refusal refusal) {
    return new Outcome.Refused(List.of(new GroupOutcome.Rejected(refusal)), currentOrder);
  }

  private static Operation put(String key, String value) {
    return new Operation.Put(Key.of(key), Value.of(value), false);
  }

  private static Alternative claimOf(Key port) {
    return new Alternative(List.of(new Guard.Absent(port)), List.of(put(port.toString(), "mine")));
  }

  private static Command blind(Operation operation) {
    return submit(Origin.NONE, null, operation);
  }

  private static Command at(long order, Operation operation) {
    return submit(Origin.NONE, new Snapshot(HISTORY, order), operation);
  }

  private static Command submit(Origin origin, @Nullable Snapshot snapshot, Operation operation) {
    return new Command.Submit(
        new Transaction(
            origin, snapshot, Mode.KEYS, Policy.ALL, List.of(Group.of(operation)), List.of()));
  }

  private static Command journal(long order, Operation operation) {
    return new Command.Submit(
        new Transaction(
            Origin.NONE,
            new Snapshot(HISTORY, order),
            Mode.JOURNAL,
            Policy.ALL,
            List.of(Group.of(operation)),
            List.of()));
  }

  private static Command transaction(Policy policy, Group... groups) {
    return new Command.Submit(
        new Transaction(Origin.NONE, null, Mode.KEYS, policy, List.of(groups), List.of()));
  }

  private static Command reading(long order, List<ReadKey> keys, List<ReadRange> ranges) {
    Group group =
        new Group(
            keys,
            ranges,
            List.of(),
            List.of(new Alternative(List.of(), List.of(put("unrelated", "1")))));
    return new Command.Submit(
        new Transaction(
            Origin.NONE,
            new Snapshot(HISTORY, order),
            Mode.KEYS,
            Policy.ALL,
            List.of(group),
            List.of()));
  }
}
