package dev.ordinal.consensus.core;

import static dev.ordinal.consensus.core.Subject.ballot;
import static dev.ordinal.consensus.core.Subject.image;
import static dev.ordinal.consensus.core.Subject.log;
import static dev.ordinal.consensus.core.Subject.sync;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ordinal.consensus.entry.LoggedEntry;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rules R1, R3, R4, R6 and R9: what a member answers to candidates and leaders. */
class AcceptorRulesTest {
  private static final Ballot OLD = ballot(1, 2);
  private static final Ballot NEW = ballot(2, 3);
  private static final List<LoggedEntry> ABC = log("a", "b", "c");

  // R1: promise.

  @Test
  void aPromiseLeavesOnceItIsDurable() {
    Subject subject = Subject.awake(image(OLD, OLD, 1, ABC));
    assertThat(subject.receive(3, new Message.Prepare(NEW, 0)))
        .containsExactly(
            new Effect.Send(3, new Message.Promise(NEW, OLD, 1, ABC.subList(1, 3)), 8),
            new Effect.Persist(8, List.of(new Change.SetBallots(NEW, OLD))));
  }

  @Test
  void theSamePrepareIsAnsweredAgain() {
    Subject subject = Subject.awake(image(NEW, OLD, 1, ABC));
    assertThat(subject.receive(3, new Message.Prepare(NEW, 0)))
        .containsExactly(
            new Effect.Send(
                3, new Message.Promise(NEW, OLD, 1, ABC.subList(1, 3)), Effect.NO_GROUP));
  }

  @Test
  void aLowerBallotIsRejectedWithThePromise() {
    Subject subject = Subject.awake(image(NEW, OLD, 1, ABC));
    Effect rejected = new Effect.Send(2, new Message.Reject(OLD, NEW), Effect.NO_GROUP);
    assertThat(subject.receive(2, new Message.Prepare(OLD, 0))).containsExactly(rejected);
    assertThat(subject.receive(2, new Message.Heartbeat(OLD, 3, 1, 1, 0)))
        .containsExactly(rejected);
    assertThat(subject.receive(2, sync(OLD, 1, ABC.subList(0, 1), 1))).containsExactly(rejected);
    assertThat(subject.receive(2, new Message.Accept(OLD, ABC.getFirst(), 1)))
        .containsExactly(rejected);
  }

  @Test
  void aRejectThatNamesANewPromiseWaitsForIt() {
    Subject subject = Subject.awake(Subject.empty());
    assertThat(
            subject.step(
                new Event.Received(3, new Message.Prepare(NEW, 0)),
                new Event.Received(2, new Message.Prepare(OLD, 0))))
        .contains(new Effect.Send(2, new Message.Reject(OLD, NEW), 1));
  }

  // R3: sync.

  @Test
  void aSyncReplacesTheTailInOneGroup() {
    Subject subject = Subject.awake(image(OLD, OLD, 1, ABC));
    List<LoggedEntry> theirs = log("a", "b", "x", "y");
    assertThat(subject.receive(3, sync(NEW, 1, theirs, 1)))
        .containsExactly(
            new Effect.Observe(new Observation.LeaderChanged(3)),
            new Effect.Observe(new Observation.TailReplaced(3)),
            new Effect.Send(3, new Message.Accepted(NEW, 4, 1), 8),
            new Effect.Persist(
                8,
                List.of(
                    new Change.SetBallots(NEW, NEW),
                    new Change.TruncateFrom(3),
                    new Change.Append(theirs.get(2)),
                    new Change.Append(theirs.get(3)))));
  }

  @Test
  void aShorterSyncOfANewLeaderCutsTheTail() {
    Subject subject = Subject.awake(image(OLD, OLD, 1, ABC));
    subject.receive(3, sync(NEW, 1, ABC.subList(0, 2), 1));
    assertThat(subject.replica.view().length()).isEqualTo(2);
    assertThat(subject.replica.view().verified()).isEqualTo(2);
  }

  @Test
  void aSyncOfTheSameBallotNeverShrinksTheLog() {
    Subject subject = Subject.awake(image(OLD, OLD, 1, ABC));
    assertThat(subject.receive(2, sync(OLD, 1, ABC.subList(0, 2), 1)))
        .containsExactly(
            new Effect.Observe(new Observation.LeaderChanged(2)),
            new Effect.Send(2, new Message.Accepted(OLD, 2, 1), Effect.NO_GROUP));
    assertThat(subject.replica.view().length()).isEqualTo(3);
  }

  @Test
  void aSyncWithAGapIsAnsweredWithWant() {
    Subject subject = Subject.awake(image(OLD, OLD, 1, ABC));
    List<LoggedEntry> theirs = log("a", "b", "c", "d");
    assertThat(subject.receive(3, sync(NEW, 3, theirs, 3)))
        .contains(new Effect.Send(3, new Message.Want(1, false), Effect.NO_GROUP));
    assertThat(subject.replica.view().promised()).isEqualTo(OLD);
  }

  @Test
  void aSyncShorterThanWhatIsDecidedShowsItsSenderTheDecidedEntries() {
    Subject subject = Subject.awake(image(OLD, OLD, 3, ABC));
    assertThat(subject.receive(3, sync(NEW, 1, ABC.subList(0, 2), 1)))
        .containsExactly(
            new Effect.Observe(new Observation.LeaderChanged(3)), new Effect.SendDecided(3, 2, 3));
  }

  @Test
  void aSyncThatDiffersBelowTheBeginningOfMemoryShowsItsSenderTheDecidedEntries() {
    List<LoggedEntry> theirs = log("a", "x", "y");
    for (Ballot ballot : List.of(OLD, NEW)) {
      Subject subject = Subject.awake(image(OLD, OLD, 2, ABC.subList(0, 2)));
      assertThat(subject.receive(2, sync(ballot, 2, theirs, 1)))
          .contains(new Effect.SendDecided(2, 2, 2));
      assertThat(subject.receive(2, sync(ballot, 2, theirs.subList(0, 2), 1)))
          .containsExactly(new Effect.SendDecided(2, 2, 2));
      assertThat(subject.replica.view().verified()).isEqualTo(-1);
    }
  }

  // R4: accept.

  @Test
  void anAcceptIsAcknowledgedOnceItIsDurable() {
    Subject subject = Subject.awake(Subject.empty());
    subject.receive(2, sync(OLD, 0, List.of(), 0));
    subject.persisted();
    assertThat(subject.receive(2, new Message.Accept(OLD, ABC.getFirst(), 0)))
        .containsExactly(
            new Effect.Send(2, new Message.Accepted(OLD, 1, 0), 2),
            new Effect.Persist(2, List.of(new Change.Append(ABC.getFirst()))));
  }

  @Test
  void acceptsOfOneStepAreOneGroupAndOneAcknowledgement() {
    Subject subject = Subject.awake(Subject.empty());
    subject.receive(2, sync(OLD, 0, List.of(), 0));
    subject.persisted();
    assertThat(
            subject.step(
                new Event.Received(2, new Message.Accept(OLD, ABC.get(0), 0)),
                new Event.Received(2, new Message.Accept(OLD, ABC.get(1), 1))))
        .containsExactly(
            new Effect.Apply(ABC.getFirst(), List.of(), 2),
            new Effect.Send(2, new Message.Accepted(OLD, 2, 0), 2),
            new Effect.Persist(
                2,
                List.of(
                    new Change.Append(ABC.get(0)),
                    new Change.Append(ABC.get(1)),
                    new Change.SetDecided(1))));
  }

  @Test
  void aThirdGroupWaitsUntilOneIsDurable() {
    Subject subject = Subject.awake(Subject.empty());
    subject.receive(2, sync(OLD, 0, List.of(), 0));
    subject.receive(2, new Message.Accept(OLD, ABC.get(0), 0));
    assertThat(subject.receive(2, new Message.Accept(OLD, ABC.get(1), 0)))
        .containsExactly(new Effect.Send(2, new Message.Accepted(OLD, 2, 0), 3));
    assertThat(subject.receive(2, new Message.Accept(OLD, ABC.get(2), 0)))
        .containsExactly(new Effect.Send(2, new Message.Accepted(OLD, 3, 0), 3));
    assertThat(subject.step(new Event.Persisted(1)))
        .containsExactly(
            new Effect.Persist(
                3, List.of(new Change.Append(ABC.get(1)), new Change.Append(ABC.get(2)))));
  }

  @Test
  void anAcceptTakenBeforeIsAcknowledgedAgain() {
    Subject subject = Subject.awake(Subject.empty());
    subject.receive(2, sync(OLD, 0, ABC, 0));
    subject.persisted();
    assertThat(subject.receive(2, new Message.Accept(OLD, ABC.getFirst(), 0)))
        .containsExactly(new Effect.Send(2, new Message.Accepted(OLD, 3, 0), Effect.NO_GROUP));
  }

  @Test
  void anAcceptWithAGapOrWithoutASyncIsAnsweredWithWant() {
    Subject subject = Subject.awake(Subject.empty());
    Effect want = new Effect.Send(2, new Message.Want(0, false), Effect.NO_GROUP);
    assertThat(subject.receive(2, new Message.Accept(OLD, ABC.getFirst(), 0))).contains(want);
    subject.tick(Subject.PATIENT.retryTicks());
    subject.receive(2, sync(OLD, 0, List.of(), 0));
    subject.persisted();
    assertThat(subject.receive(2, new Message.Accept(OLD, ABC.get(1), 0))).containsExactly(want);
  }

  @Test
  void twoValuesForOneSlotInOneBallotStopTheProcess() {
    Subject subject = Subject.awake(Subject.empty());
    subject.receive(2, sync(OLD, 0, ABC, 0));
    LoggedEntry other = log("a", "other").getLast();
    assertThatThrownBy(() -> subject.receive(2, new Message.Accept(OLD, other, 0)))
        .isInstanceOf(InvariantViolation.class)
        .hasMessageContaining("I3");
  }

  @Test
  void whoeverIsSlowToApplyTakesNothingMoreUntilItHasApplied() {
    Subject subject = Subject.awake(narrow(), Subject.empty());
    List<LoggedEntry> log = log("a", "b", "c", "d", "e");
    subject.receive(2, sync(OLD, 0, log.subList(0, 4), 2));
    subject.persisted();
    Message next = new Message.Accept(OLD, log.get(4), 2);
    assertThat(subject.receive(2, next)).isEmpty();
    assertThat(subject.step(new Event.Applied(1)))
        .as("what was left is asked for at once")
        .containsExactly(new Effect.Send(2, new Message.Want(2, true), Effect.NO_GROUP));
    assertThat(subject.receive(2, next))
        .contains(new Effect.Send(2, new Message.Accepted(OLD, 5, 1), 2));
  }

  @Test
  void aFullWindowOfUndecidedEntriesIsNoReasonToRefuseASync() {
    Subject subject = Subject.awake(narrow(), image(OLD, OLD, 1, ABC));
    assertThat(subject.receive(3, sync(NEW, 1, ABC, 1)))
        .contains(new Effect.Send(3, new Message.Accepted(NEW, 3, 1), 8));
  }

  /** Two undecided entries, and the state machine at most two behind. */
  private static Settings narrow() {
    Settings wide = Subject.SETTINGS;
    return new Settings(
        wide.timing(),
        64,
        new Bounds(1, 128),
        wide.queue(),
        new Bounds(2, 1_024),
        wide.recent(),
        wide.pipeline(),
        2,
        1 << 20);
  }

  // R6: learn.

  @Test
  void aCommitDecidesNoMoreThanIsVerified() {
    Subject subject = Subject.awake(image(OLD, OLD, 0, ABC));
    subject.receive(2, sync(OLD, 0, ABC.subList(0, 2), 0));
    subject.receive(2, new Message.Commit(OLD, 3));
    assertThat(subject.replica.view().decided()).isEqualTo(2);
  }

  @Test
  void aCommitMeansNothingBeforeASync() {
    Subject subject = Subject.awake(image(OLD, OLD, 0, ABC));
    subject.receive(2, new Message.Commit(OLD, 3));
    assertThat(subject.replica.view().decided()).isZero();
  }

  @Test
  void aTailThatDiffersFromWhatIsDecidedGivesWay() {
    Subject subject = Subject.awake(image(OLD, OLD, 1, ABC));
    LoggedEntry decided = log("a", "other").getLast();
    assertThat(subject.receive(3, new Message.CatchUp(List.of(decided), 2)))
        .containsExactly(
            new Effect.Observe(new Observation.TailReplaced(2)),
            new Effect.Apply(decided, List.of(), 8),
            new Effect.Persist(
                8,
                List.of(
                    new Change.TruncateFrom(2),
                    new Change.Append(decided),
                    new Change.SetDecided(2))));
  }

  @Test
  void aMemberThatIsFarBehindPullsOneAnswerAtATime() {
    Subject subject = Subject.awake(Subject.empty());
    assertThat(subject.receive(3, new Message.CatchUp(ABC.subList(0, 2), 9)))
        .contains(new Effect.Send(3, new Message.Want(2, false), 1));
  }

  // R9: restart.

  @Test
  void aMemberThatJustStartedNeitherVotesNorCampaigns() {
    Subject subject = new Subject(Subject.SETTINGS, image(OLD, OLD, 1, ABC));
    assertThat(subject.receive(3, new Message.Prepare(NEW, 0))).isEmpty();
    assertThat(subject.receive(3, new Message.Probe(2)))
        .containsExactly(
            new Effect.Send(3, new Message.ProbeReply(2, false, OLD), Effect.NO_GROUP));
    assertThat(subject.step(new Event.PeerLost(2))).isEmpty();
    assertThat(subject.tick(Subject.PATIENT.electionTicksMin() - 1)).isEmpty();
  }

  @Test
  void aLeaderThatRestartsDoesNotLead() {
    Ballot own = ballot(1, 1);
    Subject subject = Subject.awake(image(own, own, 1, ABC));
    assertThat(subject.replica.view().role()).isEqualTo(ReplicaView.Role.FOLLOWER);
    assertThat(subject.replica.view().verified()).isEqualTo(-1);
    assertThat(subject.receive(2, new Message.Accepted(own, 3, 1))).isEmpty();
  }

  @Test
  void aLateResignationFromAnOlderLeadershipIsNoNews() {
    Subject subject = Subject.awake(Subject.empty());
    Ballot again = ballot(NEW.round() + 1, NEW.node());
    subject.receive(3, sync(again, 0, List.of(), 0));
    subject.receive(3, new Message.Resigned(NEW));
    assertThat(subject.replica.view().leader()).isEqualTo(3);
    subject.receive(3, new Message.Resigned(again));
    assertThat(subject.replica.view().leader()).isZero();
  }

  @Test
  void aGrantedProbePutsNoElectionOff() {
    Subject subject = Subject.awake(Subject.empty());
    for (int i = 0; i < Subject.PATIENT.electionTicksMax(); i += 10) {
      subject.receive(3, new Message.Probe(1));
      subject.tick(10);
    }
    assertThat(subject.replica.view().role()).isEqualTo(ReplicaView.Role.CANDIDATE);
  }

  @Test
  void anUndecidedTailIsNoBacklogOfTheStateMachine() {
    Bounds two = new Bounds(2, 1_024);
    Settings tight =
        new Settings(Subject.PATIENT, 64, new Bounds(1, 64), two, two, two, two, 2, 1 << 20);
    Subject subject = Subject.awake(tight, image(OLD, OLD, 1, ABC));
    assertThat(subject.receive(3, sync(NEW, 1, ABC, 1)))
        .contains(new Effect.Persist(8, List.of(new Change.SetBallots(NEW, NEW))));
  }
}
