package dev.ordinal.journal.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ordinal.journal.Commands;
import dev.ordinal.journal.outcome.GroupOutcome;
import dev.ordinal.journal.outcome.Outcome;
import dev.ordinal.journal.outcome.Refusal;
import dev.ordinal.journal.record.Effect;
import dev.ordinal.journal.record.JournalRecord;
import dev.ordinal.journal.store.MemoryStateStore;
import dev.ordinal.journal.transaction.Alternative;
import dev.ordinal.journal.transaction.Command;
import dev.ordinal.journal.transaction.Group;
import dev.ordinal.journal.transaction.Guard;
import dev.ordinal.journal.transaction.Key;
import dev.ordinal.journal.transaction.Mode;
import dev.ordinal.journal.transaction.Operation;
import dev.ordinal.journal.transaction.Origin;
import dev.ordinal.journal.transaction.Policy;
import dev.ordinal.journal.transaction.ReadKey;
import dev.ordinal.journal.transaction.Snapshot;
import dev.ordinal.journal.transaction.Tenure;
import dev.ordinal.journal.transaction.Transaction;
import dev.ordinal.journal.transaction.Value;
import dev.ordinal.journal.validation.Horizon;
import dev.ordinal.journal.validation.Validator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What ends, when, and with it what else. */
final class LeasesTest {
  private static final long HISTORY = 1;
  private static final Capacity CAPACITY =
      new Capacity(100, 256, 100, new Capacity.Leasing(5, 8, 4, 100, 2));

  private final MemoryStateStore store =
      new MemoryStateStore(Head.initial(HISTORY, Horizon.Limits.SMALL));
  private StateMachine machine = open();

  @BeforeEach
  void leadershipBegins() {
    apply(new Command.Barrier());
  }

  @Test
  void aLeaseEndsItsTimeToLiveAfterTheFirstTickThatFollowsItsGrant() {
    grant(1, 1000);
    apply(leased("a", 1), leased("b", 1));
    tick(5000); // measured in part before the grant
    tick(999);
    assertThat(exists("a")).isTrue();

    tick(1);
    assertThat(exists("a")).isFalse();
    assertThat(exists("b")).isFalse();
    assertThat(put(leased("a", 1))).isEqualTo(refused(new Refusal.LeaseEnded(1)));
  }

  @Test
  void allKeysOfALeaseGoInOneOrderIdThatSaysWhy() {
    grant(1, 10);
    apply(leased("b", 1), leased("a", 1));
    apply(leased("a", 1));
    tick(0);
    tick(10);

    JournalRecord end = store.recordsAfter(2, 9).getFirst();
    assertThat(end.labels()).hasToString("[Label[name=cause, value=lease-ended]]");
    assertThat(end.effects()).extracting(Effect::key).containsExactly(Key.of("a"), Key.of("b"));
    assertThat(end.effects()).extracting(Effect::priorOrder).containsExactly(2L, 1L);
    assertThat(end.origin().clockMillis()).isEqualTo(10);
  }

  @Test
  void aLeaseWithoutKeysEndsWithoutAnOrderId() {
    grant(1, 10);
    tick(0);
    tick(10);

    assertThat(store.leases()).isEmpty();
    assertThat(store.head().order().order()).isZero();
  }

  @Test
  void keptAliveItLives() {
    grant(1, 1000);
    apply(leased("a", 1));
    for (int i = 0; i < 5; i++) {
      tick(900);
      assertThat(apply(new Command.KeepAlive(List.of(1L, 2L), List.of())))
          .isEqualTo(new Outcome.KeptAlive(List.of(2L), List.of()));
    }
    tick(900);
    tick(999);
    assertThat(exists("a")).isTrue();
    tick(1);
    assertThat(exists("a")).isFalse();
  }

  @Test
  void revokedItEndsAtOnce() {
    grant(1, 1000);
    apply(leased("a", 1), plain("other"));

    assertThat(apply(new Command.RevokeLease(1))).isEqualTo(new Outcome.LeaseRevoked(1, 2));
    assertThat(exists("a")).isFalse();
    assertThat(exists("other")).isTrue();
    assertThat(apply(new Command.RevokeLease(1))).isEqualTo(new Outcome.LeaseUnknown(1));
  }

  @Test
  void whatIsWrittenAgainWithoutTheLeaseOutlivesIt() {
    grant(1, 1000);
    grant(2, 1000);
    apply(leased("a", 1), leased("b", 1), leased("c", 1));
    apply(plain("a"), leased("b", 2));
    apply(Commands.delete("c"));

    assertThat(apply(new Command.RevokeLease(1))).isEqualTo(new Outcome.LeaseRevoked(1, 0));
    assertThat(exists("a")).isTrue();
    assertThat(exists("b")).isTrue();
  }

  @Test
  void theEndOfALeaseConflictsWithWhoReadItsKeys() {
    grant(1, 1000);
    apply(leased("a", 1));
    apply(new Command.RevokeLease(1));

    assertThat(
            put(new Operation.Put(Key.of("x"), Value.of("1"), true), new ReadKey(Key.of("a"), 1)))
        .isEqualTo(refused(new Refusal.Deleted(Key.of("a"), 2, 0)));
  }

  @Test
  void aGuardAsksWhetherALeaseIsAlive() {
    grant(1, 1000);
    assertThat(guarded(1)).isInstanceOf(Outcome.Committed.class);
    apply(new Command.RevokeLease(1));

    assertThat(guarded(1)).isEqualTo(refused(new Refusal.LeaseEnded(1)));
  }

  @Test
  void duringGraceNothingEnds() {
    grant(1, 100);
    apply(leased("a", 1));
    tick(0);
    apply(new Command.Barrier());
    apply(new Command.Tick(slot(), 500, 1000));
    tick(999);
    assertThat(exists("a")).isTrue();

    tick(1);
    assertThat(exists("a")).isFalse();
  }

  @Test
  void aStalledLeaderEndsNothing() {
    grant(1, 100);
    apply(leased("a", 1));
    tick(0);
    Command stalled = new Command.Tick(slot(), 60_000, 0);
    apply(new Command.Barrier());
    apply(stalled);
    apply(new Command.Tick(slot() - 1, 10, 0));

    assertThat(exists("a")).isTrue();
  }

  @Test
  void theEarliestDeadlinesEndFirstAndAFewATick() {
    for (long lease = 1; lease <= 4; lease++) {
      grant(lease, 100 - 10 * lease);
      apply(leased("k" + lease, lease));
    }
    tick(0);
    tick(1000);
    assertThat(store.leases()).extracting(image -> image.header().id()).containsExactly(1L, 2L);
    assertThat(machine.dues().nextMillis()).isEqualTo(1000);
    assertThat(store.head().order().order()).isEqualTo(5);

    tick(1);
    assertThat(store.leases()).isEmpty();
  }

  @Test
  void whatOneTickEndsIsBoundedLikeOneLease() {
    grant(1, 10);
    grant(2, 20);
    apply(leased("a", 1), leased("b", 1), leased("c", 1));
    apply(leased("d", 2), leased("e", 2));
    tick(0);
    tick(1000);
    assertThat(exists("c")).isFalse();
    assertThat(exists("d")).isTrue();

    tick(0);
    assertThat(exists("d")).isFalse();
  }

  @Test
  void aLeaseTakesSoManyKeysAndTheStoreSoManyLeases() {
    grant(1, 10);
    apply(leased("a", 1), leased("b", 1), leased("c", 1), leased("d", 1));
    assertThat(put(leased("e", 1))).isEqualTo(refused(new Refusal.LeaseFull(1)));
    assertThat(put(leased("a", 1))).isInstanceOf(Outcome.Committed.class);
    IntStream.rangeClosed(2, 5).forEach(lease -> grant(lease, 10));

    assertThat(apply(new Command.GrantLease(6, 10))).isEqualTo(new Outcome.LeasesFull(5));
    assertThat(put(limited("t", 10))).isEqualTo(refused(new Refusal.LeaseFull(0)));
  }

  @Test
  void aKeyWithATimeToLiveGoesByItself() {
    apply(limited("a", 100), limited("b", 100));
    apply(limited("a", 100), plain("c"));
    apply(Commands.put("b", "kept"));
    tick(0);
    tick(100);

    assertThat(exists("a")).isFalse();
    assertThat(exists("b")).isTrue();
    assertThat(store.leases()).isEmpty();
  }

  @Test
  void aSessionEndsWithoutASignOfLife() {
    long quiet = openSession(1, 1000);
    long busy = openSession(2, 1000);
    long kept = openSession(3, 1000);
    tick(0);
    tick(900);
    apply(submit(new Origin(busy, 1, 0), List.of(), List.of(limited("x", 1))));
    apply(new Command.KeepAlive(List.of(), List.of(kept)));
    tick(100);

    assertThat(store.sessions())
        .extracting(image -> image.header().id())
        .containsExactly(busy, kept)
        .doesNotContain(quiet);
    assertThat(apply(submit(new Origin(quiet, 1, 0), List.of(), List.of(limited("x", 1)))))
        .isEqualTo(new Outcome.SessionUnknown(quiet));
  }

  @Test
  void aRestartChangesNoDeadline() {
    grant(1, 100);
    apply(leased("a", 1));
    machine = open();
    tick(500);
    machine = open();
    tick(99);
    assertThat(exists("a")).isTrue();
    machine = open();
    tick(1);
    assertThat(exists("a")).isFalse();
  }

  private StateMachine open() {
    return StateMachine.open(
        store, CAPACITY, index -> new Validator(index, HISTORY, CAPACITY.deletedKeysMax()));
  }

  private static Operation leased(String key, long lease) {
    return new Operation.Put(Key.of(key), Value.of("1"), true, new Tenure.Leased(lease));
  }

  private static Operation plain(String key) {
    return new Operation.Put(Key.of(key), Value.of("1"), true);
  }

  private static Operation limited(String key, long ttl) {
    return new Operation.Put(Key.of(key), Value.of("1"), true, new Tenure.Limited(ttl));
  }

  private void grant(long lease, long ttl) {
    assertThat(apply(new Command.GrantLease(lease, ttl)))
        .isEqualTo(new Outcome.LeaseGranted(lease, ttl));
  }

  private long openSession(long nonce, long ttl) {
    return ((Outcome.SessionOpened) apply(new Command.OpenSession(ttl, "", nonce))).session();
  }

  private Outcome guarded(long lease) {
    Group group =
        new Group(
            List.of(),
            List.of(),
            List.of(new Guard.LeaseAlive(lease)),
            List.of(new Alternative(List.of(), List.of())));
    return apply(
        new Command.Submit(
            new Transaction(Origin.NONE, null, Mode.KEYS, Policy.ALL, List.of(group), List.of())));
  }

  private Outcome put(Operation operation, ReadKey... reads) {
    return apply(submit(Origin.NONE, List.of(reads), List.of(operation)));
  }

  private static Command submit(Origin origin, List<ReadKey> reads, List<Operation> operations) {
    Group group =
        new Group(reads, List.of(), List.of(), List.of(new Alternative(List.of(), operations)));
    Snapshot snapshot = reads.isEmpty() ? null : new Snapshot(HISTORY, reads.getFirst().at());
    return new Command.Submit(
        new Transaction(origin, snapshot, Mode.KEYS, Policy.ALL, List.of(group), List.of()));
  }

  private Outcome refused(Refusal refusal) {
    return new Outcome.Refused(
        List.of(new GroupOutcome.Rejected(refusal)), store.head().order().order());
  }

  private void tick(long millis) {
    assertThat(apply(new Command.Tick(store.head().clock().mark(), millis, 0)))
        .isInstanceOf(Outcome.ClockMarked.class);
  }

  private boolean exists(String key) {
    return store.get(Key.of(key), store.head().order().order()) != null;
  }

  private long slot() {
    return store.head().slot().slot();
  }

  private void apply(Operation... operations) {
    assertThat(apply(Commands.submit(operations))).isInstanceOf(Outcome.Committed.class);
  }

  private Outcome apply(Command command) {
    long slot = slot() + 1;
    Applied applied = machine.apply(slot, Commands.entryHash(slot), List.of(command));
    store.write(applied.changes());
    return applied.outcomes().getFirst();
  }
}
