package dev.ordinal.simulation.invariant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ordinal.consensus.core.Ballot;
import dev.ordinal.consensus.core.Effect;
import dev.ordinal.consensus.core.Image;
import dev.ordinal.consensus.core.Message;
import dev.ordinal.consensus.core.Observation;
import dev.ordinal.consensus.core.ReplicaView;
import dev.ordinal.consensus.core.Stretch;
import dev.ordinal.consensus.core.Verdict;
import dev.ordinal.consensus.entry.Batch;
import dev.ordinal.consensus.entry.Entry;
import dev.ordinal.consensus.entry.EntryHash;
import dev.ordinal.consensus.entry.LoggedEntry;
import dev.ordinal.consensus.entry.Payload;
import dev.ordinal.consensus.quorum.Configuration;
import dev.ordinal.consensus.quorum.ConfigurationCodec;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/**
 * A simulator that cannot fail proves nothing: each invariant is shown a history, made by hand, in
 * which nothing but itself is broken. Three members; member 1 leads {@link #FIRST}.
 */
class OracleTest {
  private static final Configuration THREE = Configuration.ofMajorities(1, List.of(1, 2, 3));
  private static final int WINDOW = 2;
  private static final Ballot FIRST = new Ballot(1, 1, 1);
  private static final Ballot SECOND = new Ballot(1, 2, 2);

  /** Members 1 and 2, led first by 2. */
  private static final Configuration SHRUNK =
      Configuration.ofMajorities(2, 2, THREE.members().subList(0, 2));

  private static final Ballot NEXT = new Ballot(2, 0, 2);
  private static final Payload COMMAND = payload("a");
  private static final LoggedEntry ONE = logged(1, EntryHash.START, COMMAND);
  private static final LoggedEntry OTHER = logged(1, EntryHash.START, payload("b"));
  private static final LoggedEntry TWO = logged(2, ONE.hash(), payload("c"));

  private final List<HandMadeDisk> disks =
      List.of(new HandMadeDisk(), new HandMadeDisk(), new HandMadeDisk());
  private final Oracle oracle = new Oracle(THREE, WINDOW, disks);

  @Test
  void aHistoryWithoutFaultIsAccepted() {
    decideOne();
    oracle.onStep(step(2, FIRST, 1, apply(ONE)));
    oracle.onLeave(1, new Message.Heartbeat(FIRST, 1, 1, 1));
    assertThat(oracle.decidedThrough()).isEqualTo(1);
  }

  @Test
  void twoValuesForOneSlotBreakAgreement() {
    decideOne();
    assertBroken("I1", () -> oracle.onStep(step(2, FIRST, 1, apply(OTHER))));
  }

  @Test
  void twoLeadersOfOneBallotAreNoticed() {
    electFirst();
    assertBroken("I2", () -> oracle.onStep(step(2, FIRST, 0, elected(FIRST))));
  }

  @Test
  void aLeadershipThatIsResumedAfterARestartIsNoticed() {
    electFirst();
    Step resumed = new Step(1, 2, view(ReplicaView.Role.LEADER, FIRST, 0, 0), List.of());
    assertBroken("I2", () -> oracle.onStep(resumed));
  }

  @Test
  void twoValuesOfOneBallotForOneSlotAreNoticed() {
    oracle.onLeave(1, new Message.Accept(FIRST, ONE, 0));
    assertBroken("I3", () -> oracle.onLeave(1, new Message.Accept(FIRST, OTHER, 0)));
  }

  @Test
  void aHigherBallotThatProposesAnotherValueThanTheDecidedOneIsNoticed() {
    decideOne();
    assertBroken("I3", () -> oracle.onLeave(2, new Message.Accept(SECOND, OTHER, 0)));
  }

  @Test
  void tailsOfOneLeaderThatDifferAreNoticed() {
    disks.get(0).accepts(FIRST, ONE);
    disks.get(1).accepts(FIRST, OTHER);
    assertBroken("I3", () -> oracle.onDurable(2, disks.get(1)));
  }

  @Test
  void aLeaderThatRunsAheadOfItsWindowIsNoticed() {
    electFirst();
    Step ahead = new Step(1, 1, view(ReplicaView.Role.LEADER, FIRST, 0, WINDOW + 1), List.of());
    assertBroken("I4", () -> oracle.onStep(ahead));
  }

  @Test
  void aPromiseThatARestartForgetsIsNoticed() {
    oracle.onLeave(2, new Message.Promise(FIRST, Ballot.NONE, 0, List.of()));
    assertBroken("I5", () -> oracle.onStart(2, Image.empty(THREE)));
  }

  @Test
  void anAcknowledgedEntryThatVanishesFromTheDiskIsNoticed() {
    oracle.onLeave(2, new Message.Accepted(FIRST, 1, 0));
    disks.get(1).accepts(FIRST);
    assertBroken("I5", () -> oracle.onDurable(2, disks.get(1)));
  }

  @Test
  void aDecisionThatOnlyOneDiskHoldsIsNoticed() {
    electFirst();
    oracle.commands().onProposed(1, COMMAND);
    disks.get(0).accepts(FIRST, ONE);
    assertBroken("I6", () -> oracle.onStep(step(1, FIRST, 1, apply(ONE, 1))));
  }

  @Test
  void aLeaderThatLacksWhatWasDecidedIsNoticed() {
    decideOne();
    disks.get(1).accepts(SECOND);
    disks.get(2).promises(SECOND);
    assertBroken("I7", () -> oracle.onStep(step(2, SECOND, 0, elected(SECOND))));
  }

  @Test
  void aLeaderThatNoQuorumHasPromisedIsNoticed() {
    disks.get(0).accepts(FIRST);
    assertBroken("electing quorum", () -> oracle.onStep(step(1, FIRST, 0, elected(FIRST))));
  }

  @Test
  void anEntryWhoseHashDoesNotFollowIsNoticed() {
    electFirst();
    LoggedEntry unchained = new LoggedEntry(1, ONE.entry(), TWO.hash());
    oracle.commands().onProposed(1, COMMAND);
    disks.forEach(disk -> disk.accepts(FIRST, unchained));
    assertBroken("I10", () -> oracle.onStep(step(1, FIRST, 1, apply(unchained, 1))));
  }

  @Test
  void aSlotThatIsAppliedTwiceIsNoticed() {
    decideOne();
    assertBroken("I11", () -> oracle.onStep(step(1, FIRST, 1, apply(ONE))));
  }

  @Test
  void statesThatDifferAtOneSlotAreNoticed() {
    oracle.applyOrder().onApplied(1, 1, 17);
    assertBroken("I11", () -> oracle.applyOrder().onApplied(2, 1, 18));
  }

  @Test
  void aStateAheadOfItsLogIsNoticed() {
    disks.get(0).accepts(FIRST, ONE);
    oracle.stateBehindLog().onApplied(1, ONE);
    assertBroken("I22", () -> oracle.stateBehindLog().onApplied(2, ONE));
    disks.get(2).accepts(FIRST, OTHER);
    assertBroken("I22", () -> oracle.stateBehindLog().onApplied(3, ONE));
  }

  @Test
  void anAcknowledgementOfWhatIsNotDurableIsNoticed() {
    disks.get(1).promises(FIRST);
    assertBroken(
        "durable", () -> oracle.onClaim(2, new Message.Accepted(FIRST, 1, 0), disks.get(1)));
  }

  @Test
  void aPromiseThatIsNotDurableIsNoticed() {
    Message promise = new Message.Promise(FIRST, Ballot.NONE, 0, List.of());
    assertBroken("durable", () -> oracle.onClaim(2, promise, disks.get(1)));
  }

  @Test
  void aHintThatOverstatesIsNoticed() {
    disks.get(2).accepts(FIRST, ONE).decides(1);
    assertBroken("decided means decided", () -> oracle.onDurable(3, disks.get(2)));
  }

  @Test
  void aReadThatIsConfirmedByWhatWasSaidBeforeItBeganIsNoticed() {
    decideOne();
    oracle.onLeave(1, new Message.Heartbeat(FIRST, 1, 1, 1));
    oracle.onReadRequested(7);
    oracle.onLeave(2, new Message.HeartbeatReply(FIRST, 1, 1, 1, 1, 1));
    Step answered = step(1, FIRST, 1, new Effect.Answer(7, new Verdict.ReadableAt(1)));
    assertBroken("confirmed after it began", () -> oracle.onStep(answered));
  }

  @Test
  void aReadThatMissesAnAcknowledgedCommandIsNoticed() {
    oracle.reads().onAcknowledged(5);
    long seen = oracle.reads().seenThrough();
    assertBroken("linearizable", () -> oracle.reads().onRead(3, seen, 4));
  }

  @Test
  void aRefusedCommandThatTakesEffectIsNoticed() {
    electFirst();
    oracle.commands().onProposed(1, COMMAND);
    oracle.onStep(step(1, FIRST, 0, new Effect.Answer(1, new Verdict.NotLeader(0))));
    disks.forEach(disk -> disk.accepts(FIRST, ONE));
    assertBroken("the truth", () -> oracle.onStep(step(1, FIRST, 1, apply(ONE))));
  }

  @Test
  void aCommandThatNobodyProposedIsNoticed() {
    electFirst();
    disks.forEach(disk -> disk.accepts(FIRST, ONE));
    assertBroken("the truth", () -> oracle.onStep(step(1, FIRST, 1, apply(ONE))));
  }

  @Test
  void anEntryBehindAStopSignIsNoticed() {
    LoggedEntry stop = stopSign(ONE, SHRUNK);
    oracle.onLeave(1, new Message.Accept(FIRST, stop, 0));
    LoggedEntry behind = LoggedEntry.after(stop.hash(), 3, Entry.barrier());
    assertBroken("I8", () -> oracle.onLeave(1, new Message.Accept(FIRST, behind, 0)));
  }

  @Test
  void aConfigurationThatIsNotDecidedIsNoticed() {
    decideOne();
    disks.get(0).accepts(FIRST, ONE, stopSign(ONE, SHRUNK)).decides(1);
    disks.get(0).enters(new Stretch(2, SHRUNK));
    assertBroken("I9", () -> oracle.onDurable(1, disks.get(0)));
    assertBroken("electing quorum", () -> oracle.onStep(step(2, NEXT, 1, elected(NEXT))));
  }

  @Test
  void aVoterThatSpeaksBeforeItsConfigurationIsDurableIsNoticed() {
    closeFirst();
    Message accepted = new Message.Accepted(NEXT, 2, 1);
    assertBroken("I9", () -> oracle.onClaim(1, accepted, disks.get(0)));
  }

  @Test
  void aVoteOfARemovedNodeIsNoticed() {
    closeFirst();
    oracle.onLeave(2, new Message.Probe(2, 1));
    assertBroken("I23", () -> oracle.onLeave(3, new Message.Probe(2, 1)));
  }

  @Test
  void aLeaderOfTheNextConfigurationNeedsNoPromisesForItsFirstBallotOnly() {
    closeFirst();
    oracle.onStep(step(2, NEXT, 2, elected(NEXT)));
    Ballot second = new Ballot(2, 1, 1);
    assertBroken("electing quorum", () -> oracle.onStep(step(1, second, 2, elected(second))));
  }

  @Test
  void aChangeThatIsCalledDecidedAndIsNotIsNoticed() {
    electFirst();
    oracle.changes().onRequested(4);
    Effect answer = new Effect.Answer(4, new Verdict.Reconfigured(SHRUNK));
    assertBroken("asks for a change", () -> oracle.onStep(step(1, FIRST, 0, answer)));
  }

  /** Member 1 decides slots 1 and 2; the second ends its configuration. */
  private void closeFirst() {
    decideOne();
    LoggedEntry stop = stopSign(ONE, SHRUNK);
    disks.get(0).accepts(FIRST, ONE, stop);
    disks.get(1).accepts(FIRST, ONE, stop);
    oracle.onStep(step(1, FIRST, 2, apply(stop)));
    oracle.onStep(step(2, FIRST, 1, apply(ONE)));
    oracle.onStep(step(2, FIRST, 2, apply(stop)));
    disks.get(1).accepts(NEXT, ONE, stop).decides(2).enters(new Stretch(2, SHRUNK));
  }

  private static LoggedEntry stopSign(LoggedEntry before, Configuration next) {
    Payload payload = Payload.wrap(ConfigurationCodec.encode(next));
    return LoggedEntry.after(before.hash(), before.slot() + 1, Entry.stopSign(payload));
  }

  /** Member 1 is elected by all. */
  private void electFirst() {
    disks.forEach(disk -> disk.accepts(FIRST));
    oracle.onStep(step(1, FIRST, 0, elected(FIRST)));
  }

  /** Member 1 decides slot 1, which two disks hold. */
  private void decideOne() {
    electFirst();
    oracle.commands().onProposed(1, COMMAND);
    disks.get(0).accepts(FIRST, ONE);
    disks.get(1).accepts(FIRST, ONE);
    oracle.onStep(step(1, FIRST, 1, apply(ONE, 1)));
  }

  private static void assertBroken(String invariant, ThrowingCallable history) {
    assertThatThrownBy(history).isInstanceOf(Violation.class).hasMessageContaining(invariant);
  }

  private static Step step(int member, Ballot ballot, long decided, Effect effect) {
    boolean leads = ballot.node() == member;
    ReplicaView.Role role = leads ? ReplicaView.Role.LEADER : ReplicaView.Role.FOLLOWER;
    return new Step(member, 1, view(role, ballot, decided, decided), List.of(effect));
  }

  private static ReplicaView view(ReplicaView.Role role, Ballot ballot, long decided, long length) {
    return new ReplicaView(
        role,
        ballot.node(),
        THREE,
        ballot,
        ballot,
        decided,
        decided,
        decided,
        length,
        length,
        0,
        0,
        List.of(),
        List.of());
  }

  private static Effect elected(Ballot ballot) {
    return new Effect.Observe(new Observation.Elected(ballot));
  }

  private static Effect apply(LoggedEntry logged) {
    return new Effect.Apply(logged, List.of(), Effect.NO_GROUP);
  }

  private static Effect apply(LoggedEntry logged, long ticket) {
    return new Effect.Apply(logged, List.of(ticket), Effect.NO_GROUP);
  }

  private static LoggedEntry logged(long slot, EntryHash before, Payload command) {
    Entry entry = Entry.batch(Batch.encode(List.of(command)));
    return new LoggedEntry(slot, entry, before.next(slot, entry));
  }

  private static Payload payload(String text) {
    return Payload.wrap(text.getBytes(StandardCharsets.UTF_8));
  }
}
