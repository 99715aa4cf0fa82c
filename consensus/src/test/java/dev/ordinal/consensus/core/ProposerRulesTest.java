package dev.ordinal.consensus.core;

import static dev.ordinal.consensus.core.Subject.ballot;
import static dev.ordinal.consensus.core.Subject.image;
import static dev.ordinal.consensus.core.Subject.log;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ordinal.consensus.entry.LoggedEntry;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rules R2, R5, R7 and R8: how a member comes to lead, and what it does then. */
class ProposerRulesTest {
  private static final Ballot OWN = ballot(1, 1);
  private static final Settings SETTINGS = Subject.SETTINGS;
  private static final LoggedEntry BARRIER = log("|").getFirst();

  // R2: choose.

  @Test
  void aCandidatePromisesItselfBeforeItAsksOthers() {
    Subject subject = Subject.awake(Subject.empty());
    List<Effect> asking = subject.tick(4_000);
    assertThat(asking)
        .startsWith(
            new Effect.Send(2, new Message.Probe(1), Effect.NO_GROUP),
            new Effect.Send(3, new Message.Probe(1), Effect.NO_GROUP));
    assertThat(subject.receive(2, new Message.ProbeReply(1, true, Ballot.NONE)))
        .containsExactly(
            new Effect.Observe(new Observation.Campaigned(OWN)),
            new Effect.Send(2, new Message.Prepare(OWN, 0), 1),
            new Effect.Send(3, new Message.Prepare(OWN, 0), 1),
            new Effect.Persist(1, List.of(new Change.SetBallots(OWN, Ballot.NONE))));
  }

  @Test
  void aProbeThatNobodyGrantsChangesNothing() {
    Subject subject = Subject.awake(Subject.empty());
    subject.tick(4_000);
    assertThat(subject.receive(2, new Message.ProbeReply(1, false, ballot(5, 3)))).isEmpty();
    assertThat(subject.tick(2 * Subject.PATIENT.retryTicks()))
        .startsWith(new Effect.Send(2, new Message.Probe(6), Effect.NO_GROUP));
  }

  @Test
  void theTailOfTheHighestBallotIsAdoptedEvenIfItIsShorter() {
    Ballot low = ballot(1, 2);
    Ballot high = ballot(2, 3);
    Subject subject = Subject.awake(image(low, low, 1, log("a", "b", "c")));
    subject.campaign();
    Ballot own = subject.replica.view().promised();
    List<LoggedEntry> theirs = log("a", "x");
    Message promise = new Message.Promise(own, high, 1, theirs.subList(1, 2));
    assertThat(subject.receive(3, promise))
        .containsExactly(
            new Effect.Observe(new Observation.TailReplaced(2)),
            new Effect.Persist(
                9,
                List.of(
                    new Change.SetBallots(own, own),
                    new Change.TruncateFrom(2),
                    new Change.Append(theirs.get(1)))));
    assertThat(subject.replica.view().role()).isEqualTo(ReplicaView.Role.CANDIDATE);
    assertThat(subject.persisted()).startsWith(new Effect.Observe(new Observation.Elected(own)));
  }

  @Test
  void ofTwoTailsOfOneBallotTheLongerIsAdopted() {
    Ballot same = ballot(1, 2);
    List<LoggedEntry> longer = log("a", "b", "c");
    Subject subject = Subject.awake(image(same, same, 1, longer.subList(0, 2)));
    subject.campaign();
    Ballot own = subject.replica.view().promised();
    subject.receive(2, new Message.Promise(own, same, 1, longer.subList(1, 3)));
    assertThat(subject.replica.tail()).isEqualTo(longer.subList(1, 3));
  }

  @Test
  void aCandidateFirstLearnsWhatOthersKnowToBeDecided() {
    List<LoggedEntry> decided = log("a", "b", "c");
    Subject subject = Subject.awake(Subject.empty());
    subject.campaign();
    Message promise = new Message.Promise(OWN, ballot(1, 2), 3, List.of());
    assertThat(subject.receive(2, promise))
        .containsExactly(new Effect.Send(2, new Message.Want(0, false), Effect.NO_GROUP));
    List<Effect> learnt = subject.receive(2, new Message.CatchUp(decided, 3));
    assertThat(learnt).contains(new Effect.Apply(decided.getLast(), List.of(), 2));
    assertThat(learnt.getLast())
        .isEqualTo(
            new Effect.Persist(
                2,
                List.of(
                    new Change.Append(decided.get(0)),
                    new Change.Append(decided.get(1)),
                    new Change.Append(decided.get(2)),
                    new Change.SetBallots(OWN, OWN),
                    new Change.SetDecided(3))));
  }

  // R3 and R8 as the leader sees them: Sync, then stream, and a barrier first.

  @Test
  void aNewLeaderProposesABarrierAndSyncsThoseWhoPromised() {
    Subject subject = Subject.awake(Subject.empty());
    subject.campaign();
    subject.receive(2, new Message.Promise(OWN, Ballot.NONE, 0, List.of()));
    assertThat(subject.persisted())
        .startsWith(
            new Effect.Observe(new Observation.Elected(OWN)),
            new Effect.Observe(new Observation.LeaderChanged(1)),
            new Effect.Send(2, Subject.sync(OWN, 0, List.of(BARRIER), 0), Effect.NO_GROUP))
        .endsWith(new Effect.Persist(3, List.of(new Change.Append(BARRIER))));
  }

  @Test
  void anAcceptLeavesBesideTheLeadersOwnWrite() {
    Subject subject = settled();
    LoggedEntry entry = log("|", "x").getLast();
    assertThat(subject.propose(9, "x"))
        .containsExactly(
            new Effect.Send(2, new Message.Accept(OWN, entry, 1), Effect.NO_GROUP),
            new Effect.Persist(4, List.of(new Change.Append(entry), new Change.SetDecided(1))));
  }

  @Test
  void whatWaitsForADiskBecomesOneBatch() {
    Subject subject = settled();
    subject.propose(1, "a");
    subject.propose(2, "b");
    assertThat(subject.propose(3, "c")).isEmpty();
    assertThat(subject.propose(4, "d")).isEmpty();
    List<Effect> effects = subject.step(new Event.Persisted(4));
    assertThat(effects).hasSize(2);
    assertThat(subject.replica.view().length()).isEqualTo(4);
    assertThat(subject.replica.view().queuedCommands()).isZero();
  }

  // R5: decide.

  @Test
  void aPromiseIsNoAcceptance() {
    Subject subject = Subject.leading(SETTINGS, Subject.empty());
    subject.persisted();
    assertThat(subject.replica.view().decided()).isZero();
  }

  @Test
  void theOwnVoteCountsOnceItIsDurable() {
    Subject subject = settled();
    subject.propose(9, "x");
    LoggedEntry entry = log("|", "x").getLast();
    subject.receive(2, new Message.Accepted(OWN, 2, 1));
    assertThat(subject.replica.view().decided()).isEqualTo(1);
    assertThat(subject.persisted())
        .containsExactly(
            new Effect.Apply(entry, List.of(9L), Effect.NO_GROUP),
            new Effect.Send(2, new Message.Commit(OWN, 2), Effect.NO_GROUP));
  }

  @Test
  void aQuorumWithoutTheLeadersDiskDecides() {
    Subject subject = settled();
    subject.propose(9, "x");
    subject.receive(2, new Message.Accepted(OWN, 2, 1));
    assertThat(subject.receive(3, new Message.Accepted(OWN, 2, 1)))
        .as("decided now, applied once it is durable here too")
        .contains(new Effect.Apply(log("|", "x").getLast(), List.of(9L), 4));
    assertThat(subject.replica.view().decided()).isEqualTo(2);
    assertThatThrownBy(() -> subject.step(new Event.Applied(2)))
        .isInstanceOf(InvariantViolation.class)
        .hasMessageContaining("I22");
  }

  @Test
  void anEntryWaitsForItsOwnGroupOnlyBeforeItIsApplied() {
    Subject subject = settled();
    subject.propose(1, "a");
    subject.propose(2, "b");
    subject.receive(2, new Message.Accepted(OWN, 3, 1));
    assertThat(subject.receive(3, new Message.Accepted(OWN, 3, 1)))
        .contains(
            new Effect.Apply(log("|", "a").getLast(), List.of(1L), 4),
            new Effect.Apply(log("|", "a", "b").getLast(), List.of(2L), 5));
  }

  @Test
  void oneMemberVotesOnceHoweverOftenItAnswers() {
    Subject subject = settled();
    subject.propose(9, "x");
    subject.receive(2, new Message.Accepted(OWN, 2, 1));
    subject.receive(2, new Message.Accepted(OWN, 2, 1));
    assertThat(subject.replica.view().decided()).isEqualTo(1);
  }

  @Test
  void acceptancesOfAnotherBallotDoNotCount() {
    Subject subject = settled();
    subject.propose(9, "x");
    subject.persisted();
    assertThat(subject.receive(2, new Message.Accepted(ballot(0, 2), 2, 1))).isEmpty();
  }

  // R7: window.

  @Test
  void theWindowBoundsWhatIsUndecided() {
    Settings narrow =
        new Settings(
            SETTINGS.timing(),
            64,
            new Bounds(1, 128),
            SETTINGS.queue(),
            new Bounds(2, 1_024),
            SETTINGS.recent(),
            SETTINGS.pipeline(),
            16,
            1 << 20);
    Subject subject = Subject.leading(narrow, Subject.empty());
    for (int ticket = 1; ticket <= 5; ticket++) {
      subject.propose(ticket, "c" + ticket);
      subject.persisted();
    }
    assertThat(subject.replica.view().length()).isEqualTo(2);
    assertThat(subject.replica.view().queuedCommands()).isEqualTo(4);
    subject.receive(2, new Message.Accepted(OWN, 2, 0));
    assertThat(subject.replica.view().length()).isEqualTo(3);
  }

  @Test
  void commandsBeyondTheBoundsAreRefused() {
    Settings small =
        new Settings(
            SETTINGS.timing(),
            8,
            SETTINGS.batch(),
            new Bounds(1, 100),
            SETTINGS.window(),
            SETTINGS.recent(),
            SETTINGS.pipeline(),
            SETTINGS.appliedLagMax(),
            SETTINGS.logBytesMax());
    Subject subject = Subject.leading(small, Subject.empty());
    subject.propose(1, "first");
    subject.propose(2, "waits");
    assertThat(subject.propose(3, "too long for it"))
        .containsExactly(new Effect.Answer(3, new Verdict.TooLarge(15, 8)));
    assertThat(subject.propose(4, "full"))
        .containsExactly(new Effect.Answer(4, new Verdict.Overloaded(1)));
  }

  // R8: reads wait for the barrier and for a round that began after them.

  @Test
  void aReadIsAnsweredOnceABarrierIsAppliedAndALaterRoundConfirmed() {
    Subject subject = Subject.leading(SETTINGS, Subject.empty());
    List<Effect> asked = subject.step(new Event.ReadRequested(5));
    Effect.Send sent = (Effect.Send) subject.tick(1).getFirst();
    Message.Heartbeat heartbeat = (Message.Heartbeat) sent.message();
    assertThat(asked).isEmpty();

    subject.receive(2, echo(heartbeat, heartbeat.readSequence() - 1));
    subject.receive(2, echo(heartbeat, heartbeat.readSequence()));
    subject.receive(2, new Message.Accepted(OWN, 1, 0));
    subject.persisted();
    assertThat(subject.step(new Event.Applied(1)))
        .containsExactly(new Effect.Answer(5, new Verdict.ReadableAt(1)));
  }

  @Test
  void anOlderRoundConfirmsNoRead() {
    Subject subject = settled();
    Effect.Send before = (Effect.Send) subject.tick(5).getFirst();
    subject.receive(2, echo((Message.Heartbeat) before.message(), 2));
    Message.Heartbeat round =
        (Message.Heartbeat)
            ((Effect.Send) subject.step(new Event.ReadRequested(5)).getFirst()).message();
    assertThat(subject.receive(2, echo(round, round.readSequence() - 1))).isEmpty();
    assertThat(subject.receive(2, echo(round, round.readSequence())))
        .containsExactly(new Effect.Answer(5, new Verdict.ReadableAt(1)));
  }

  // Stepping down.

  @Test
  void aDeposedLeaderAnswersEveryCaller() {
    Subject subject = settled();
    subject.propose(1, "logged");
    subject.propose(2, "logged too");
    subject.propose(3, "waits");
    subject.step(new Event.ReadRequested(4));
    assertThat(subject.receive(3, new Message.Heartbeat(ballot(2, 3), 1, 1, 1, 0)))
        .startsWith(
            new Effect.Answer(3, new Verdict.NotLeader(3)),
            new Effect.Answer(4, new Verdict.NotLeader(3)),
            new Effect.Answer(1, new Verdict.Undetermined()),
            new Effect.Answer(2, new Verdict.Undetermined()),
            new Effect.Observe(new Observation.SteppedDown(OWN, Observation.Reason.HIGHER_BALLOT)),
            new Effect.Observe(new Observation.LeaderChanged(3)));
  }

  @Test
  void aLeaderThatNobodyEchoesStepsDownAndSaysSo() {
    Subject subject = settled();
    List<Effect> effects = subject.tick(Subject.PATIENT.electionTicksMax() + 1);
    assertThat(effects)
        .endsWith(
            new Effect.Send(2, new Message.Resigned(OWN), Effect.NO_GROUP),
            new Effect.Send(3, new Message.Resigned(OWN), Effect.NO_GROUP),
            new Effect.Observe(new Observation.SteppedDown(OWN, Observation.Reason.NO_QUORUM)),
            new Effect.Observe(new Observation.LeaderChanged(0)));
  }

  /** Leads ballot 1.1; its barrier is decided and applied, everything is durable. */
  private static Subject settled() {
    Subject subject = Subject.leading(SETTINGS, Subject.empty());
    subject.receive(2, new Message.Accepted(OWN, 1, 0));
    subject.persisted();
    subject.step(new Event.Applied(1));
    return subject;
  }

  private static Message.HeartbeatReply echo(Message.Heartbeat heartbeat, long round) {
    return new Message.HeartbeatReply(
        heartbeat.ballot(), round, heartbeat.sentTick(), heartbeat.commit(), heartbeat.commit());
  }
}
