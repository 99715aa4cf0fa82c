package dev.ordinal.consensus.core;

import static dev.ordinal.consensus.core.Subject.append;
import static dev.ordinal.consensus.core.Subject.ballot;
import static dev.ordinal.consensus.core.Subject.image;
import static dev.ordinal.consensus.core.Subject.log;
import static dev.ordinal.consensus.core.Subject.stopSign;
import static dev.ordinal.consensus.core.Subject.sync;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ordinal.consensus.entry.Entry;
import dev.ordinal.consensus.entry.LoggedEntry;
import dev.ordinal.consensus.quorum.Configuration;
import dev.ordinal.consensus.quorum.Incarnation;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Stop-signs, the configurations they begin, and those who have no vote in them. */
class MembershipRulesTest {
  private static final Ballot OLD = ballot(1, 2);
  private static final List<LoggedEntry> AB = log("a", "b");

  /** Members 1, 2 and 4; member 1 leads first. */
  private static final Configuration NEXT = Configuration.ofMajorities(2, List.of(1, 2, 4));

  private static final Configuration LED_BY_TWO =
      new Configuration(2, NEXT.members(), 2, NEXT.quorums());
  private static final Ballot FIRST = new Ballot(2, 0, 1);

  // The stop-sign.

  @Test
  void nothingIsProposedBehindAStopSign() {
    Subject subject = settled();
    List<Effect> effects = subject.step(new Event.Reconfigure(7, swapped(), false));
    LoggedEntry stop = accepted(effects);
    assertThat(stop.entry()).isEqualTo(stopSign(swapped()));
    assertThat(subject.propose(8, "later")).isEmpty();
    assertThat(subject.step(new Event.Reconfigure(9, swapped(), true)))
        .containsExactly(new Effect.Answer(9, new Verdict.ChangeInProgress()));
  }

  @Test
  void aLeaderThatAdoptsAStopSignProposesNoBarrier() {
    List<LoggedEntry> closing = append(AB, stopSign(NEXT));
    Subject subject = Subject.leading(Subject.SETTINGS, image(OLD, OLD, 2, closing));
    assertThat(subject.replica.view().role()).isEqualTo(ReplicaView.Role.LEADER);
    assertThat(subject.replica.view().length()).isEqualTo(3);
  }

  @Test
  void anEntryBehindAnUndecidedStopSignStopsTheProcess() {
    Subject subject = Subject.awake(image(OLD, OLD, 2, AB));
    List<LoggedEntry> beyond = append(append(AB, stopSign(NEXT)), Entry.barrier());
    assertThatThrownBy(() -> subject.receive(2, sync(OLD, 2, beyond, 2)))
        .isInstanceOf(InvariantViolation.class)
        .hasMessageContaining("I8");
  }

  @Test
  void theDecisionAndTheNextConfigurationAreOneGroup() {
    Subject subject = Subject.awake(image(OLD, OLD, 2, AB));
    List<LoggedEntry> closing = append(AB, stopSign(LED_BY_TWO));
    Ballot first = new Ballot(2, 0, 2);
    subject.receive(2, sync(OLD, 2, closing, 2));
    subject.persisted();
    List<Effect> effects = subject.receive(2, new Message.Commit(OLD, 3));
    assertThat(effects)
        .contains(
            new Effect.Apply(closing.getLast(), List.of(), 9),
            new Effect.Persist(
                9,
                List.of(
                    new Change.SetBallots(first, first),
                    new Change.SetStretch(new Stretch(3, LED_BY_TWO)),
                    new Change.SetDecided(3))));
    assertThat(subject.replica.view().leader()).isEqualTo(2);
    assertThat(subject.replica.view().verified()).isEqualTo(3);
  }

  @Test
  void aPageReachesOverAStopSign() {
    Subject subject = Subject.awake(image(OLD, OLD, 2, AB));
    List<LoggedEntry> beyond = append(append(AB, stopSign(LED_BY_TWO)), Entry.barrier());
    subject.receive(3, new Message.CatchUp(beyond.subList(2, 4), 4));
    assertThat(subject.replica.view().configuration()).isEqualTo(LED_BY_TWO);
    assertThat(subject.replica.view().decided()).isEqualTo(4);
  }

  @Test
  void learningAStopSignAgainChangesNothing() {
    List<LoggedEntry> closing = append(AB, stopSign(LED_BY_TWO));
    Subject subject = Subject.awake(image(OLD, OLD, 2, AB));
    subject.receive(3, new Message.CatchUp(closing.subList(2, 3), 3));
    subject.persisted();
    assertThat(subject.receive(3, new Message.CatchUp(closing.subList(2, 3), 3))).isEmpty();
  }

  // The first leader.

  @Test
  void theFirstLeaderLeadsOnceItsConfigurationIsDurableHere() {
    Subject subject = Subject.awake(image(OLD, OLD, 2, AB));
    List<LoggedEntry> closing = append(AB, stopSign(NEXT));
    subject.receive(3, new Message.CatchUp(closing.subList(2, 3), 3));
    assertThat(subject.replica.view().role()).isEqualTo(ReplicaView.Role.CANDIDATE);
    List<Effect> effects = subject.persisted();
    assertThat(effects).contains(new Effect.Observe(new Observation.Elected(FIRST)));
    LoggedEntry barrier = append(closing, Entry.barrier()).getLast();
    Message begin = new Message.Sync(FIRST, 3, closing.getLast().hash(), List.of(barrier), 3);
    assertThat(effects)
        .contains(
            new Effect.Send(2, begin, Effect.NO_GROUP), new Effect.Send(4, begin, Effect.NO_GROUP));
  }

  @Test
  void aFirstLeaderThatRestartsCampaignsLikeOthers() {
    List<LoggedEntry> closing = append(AB, stopSign(NEXT));
    Image found =
        new Image(7, FIRST, FIRST, new Stretch(3, NEXT), 3, closing.getLast().hash(), List.of());
    Subject subject = Subject.awake(found);
    assertThat(subject.replica.view().role()).isEqualTo(ReplicaView.Role.FOLLOWER);
    assertThat(subject.replica.view().verified()).isEqualTo(-1);
  }

  @Test
  void whatWaitsGoesToTheNextLeaderOrWaitsOnThere() {
    for (Configuration next : List.of(swapped(), ledBySelf())) {
      Subject subject = settled();
      subject.step(new Event.Reconfigure(7, next, false));
      subject.propose(8, "waits");
      List<Effect> effects = new ArrayList<>(subject.receive(2, new Message.Accepted(OWN, 2, 1)));
      effects.addAll(subject.persisted());
      effects.addAll(subject.persisted());
      assertThat(effects).contains(new Effect.Answer(7, new Verdict.Reconfigured(next)));
      if (next.firstLeader() == 1) {
        assertThat(subject.replica.view().role()).isEqualTo(ReplicaView.Role.LEADER);
        assertThat(effects).noneMatch(MembershipRulesTest::answersTheCommand);
        assertThat(subject.replica.view().length()).isEqualTo(4);
      } else {
        assertThat(effects).contains(new Effect.Answer(8, new Verdict.NotLeader(2)));
      }
    }
  }

  private static boolean answersTheCommand(Effect effect) {
    return effect instanceof Effect.Answer(long ticket, Verdict _) && ticket == 8;
  }

  // Refusals.

  @Test
  void aChangeThatLeavesNoReadyQuorumNamesWhoIsNotReady() {
    Subject subject = settled();
    assertThat(subject.step(new Event.Reconfigure(7, NEXT, false)))
        .as("1 and 2 are enough")
        .isNotEmpty();
    Subject other = settled();
    Configuration far = Configuration.ofMajorities(2, List.of(1, 4, 5));
    assertThat(other.step(new Event.Reconfigure(7, far, true)))
        .containsExactly(new Effect.Answer(7, new Verdict.NotReady(List.of(4, 5))));
  }

  @Test
  void aChangeMustFollowThePresentConfiguration() {
    Configuration late = Configuration.ofMajorities(4, List.of(1, 2, 3));
    assertThat(settled().step(new Event.Reconfigure(7, late, false)))
        .containsExactly(new Effect.Answer(7, new Verdict.OutOfTurn(1, 4)));
  }

  @Test
  void aDryRunProposesNothing() {
    assertThat(settled().step(new Event.Reconfigure(7, NEXT, true)))
        .containsExactly(new Effect.Answer(7, new Verdict.Permitted(NEXT)));
  }

  @Test
  void onlyALeaderChangesAnything() {
    Subject subject = Subject.awake(Subject.empty());
    assertThat(subject.step(new Event.Reconfigure(7, NEXT, false)))
        .containsExactly(new Effect.Answer(7, new Verdict.NotLeader(0)));
    assertThat(subject.step(new Event.TransferRequested(8, 2)))
        .containsExactly(new Effect.Answer(8, new Verdict.NotLeader(0)));
  }

  @Test
  void aLearnerIsReadyWhenItsDiskHasReported() {
    Configuration learning = learning();
    Subject subject = Subject.leading(Subject.SETTINGS, begun(learning));
    subject.receive(2, new Message.Accepted(new Ballot(2, 1, 1), 4, 3));
    Configuration promoted =
        new Configuration(
            3,
            List.of(learning.members().get(0), voter(4)),
            1,
            Configuration.ofMajorities(3, List.of(1, 4)).quorums());
    Event asked = new Event.Reconfigure(7, promoted, true);
    assertThat(subject.step(asked))
        .containsExactly(new Effect.Answer(7, new Verdict.NotReady(List.of(4))));
    report(subject, new Incarnation(9, 9));
    assertThat(subject.step(asked))
        .as("another disk of node 4")
        .containsExactly(new Effect.Answer(7, new Verdict.NotReady(List.of(4))));
    report(subject, new Incarnation(0, 4));
    assertThat(subject.step(asked))
        .containsExactly(new Effect.Answer(7, new Verdict.Permitted(promoted)));
  }

  private static void report(Subject subject, Incarnation incarnation) {
    subject.receive(4, new Message.Report(new Ballot(2, 1, 1), incarnation, 4, 4));
  }

  // Other configurations, and other nodes.

  @Test
  void whoeverIsBehindIsToldThatItsConfigurationIsOver() {
    Subject subject = Subject.awake(begun(NEXT));
    Effect closed = new Effect.Send(3, new Message.Closed(2, 3), Effect.NO_GROUP);
    assertThat(subject.receive(3, new Message.Probe(1, 9))).containsExactly(closed);
    assertThat(subject.receive(3, new Message.Prepare(ballot(9, 3), 2))).containsExactly(closed);
    assertThat(subject.receive(3, new Message.Heartbeat(OLD, 2, 1, 1))).containsExactly(closed);
    assertThat(subject.receive(3, new Message.Closed(1, 0))).containsExactly(closed);
  }

  @Test
  void whoeverIsAheadIsAskedForTheStopSign() {
    Subject subject = Subject.awake(image(OLD, OLD, 2, AB));
    Effect want = new Effect.Send(4, new Message.Want(2, false, 1), Effect.NO_GROUP);
    assertThat(subject.receive(4, new Message.Prepare(new Ballot(2, 1, 4), 3)))
        .containsExactly(want);
    subject.tick(Subject.PATIENT.retryTicks());
    assertThat(subject.receive(4, new Message.Closed(2, 3))).containsExactly(want);
    assertThat(subject.replica.view().promised()).isEqualTo(OLD);
  }

  @Test
  void whatStrangersSayIsHarmless() {
    for (int stranger : List.of(1, 9)) {
      Subject subject = settled();
      assertThat(subject.receive(stranger, new Message.Accepted(OWN, 1, 1))).isEmpty();
      assertThat(subject.receive(stranger, new Message.Prepare(ballot(9, 9), 0))).isEmpty();
      assertThat(subject.receive(stranger, new Message.HeartbeatReply(OWN, 9, 9, 1, 1, 1)))
          .isEmpty();
      assertThat(subject.replica.view().promised()).isEqualTo(OWN);
    }
  }

  // Learners and guests.

  @Test
  void aWipedDiskHasNoVote() {
    Subject subject = guest(Subject.empty());
    assertThat(subject.receive(3, new Message.Prepare(ballot(2, 3), 0))).isEmpty();
    assertThat(subject.receive(3, new Message.Probe(1, 1))).isEmpty();
    assertThat(subject.receive(2, sync(OLD, 0, AB, 0))).isEmpty();
    assertThat(subject.replica.view().role()).isEqualTo(ReplicaView.Role.LEARNER);
    assertThat(subject.tick(5_000)).noneMatch(MembershipRulesTest::isProbe);
  }

  private static boolean isProbe(Effect effect) {
    return effect instanceof Effect.Send(int _, Message.Probe _, long _);
  }

  @Test
  void aGuestReportsItsDiskAndPullsWhatIsDecided() {
    Subject subject = guest(Subject.empty());
    Incarnation wiped = new Incarnation(6, 6);
    assertThat(subject.receive(2, new Message.Heartbeat(OLD, 2, 5, 5)))
        .contains(
            new Effect.Send(2, new Message.Report(OLD, wiped, 0, 0), Effect.NO_GROUP),
            new Effect.Send(2, new Message.Want(0, false, 0), Effect.NO_GROUP));
    assertThat(subject.receive(2, new Message.CatchUp(AB, 2)))
        .contains(new Effect.Send(2, new Message.Want(2, false, 0), 1));
    assertThat(subject.receive(3, new Message.Heartbeat(ballot(0, 3), 2, 1, 1)))
        .as("a deposed leader")
        .isEmpty();
  }

  @Test
  void aLearnerThatHearsNobodyAsksAround() {
    Subject subject = guest(Subject.empty());
    assertThat(subject.tick(Subject.PATIENT.electionTicksMax() + 1))
        .anyMatch(effect ->
            effect instanceof Effect.Send(int _, Message.Want(long _, _, long votes), _)
                && votes == 0);
  }

  @Test
  void whoeverHasAllIsFedAsSoonAsMoreIsDecided() {
    Subject subject = Subject.leading(Subject.SETTINGS, begun(learning()));
    assertThat(subject.receive(4, new Message.Want(3, false, 0))).isEmpty();
    subject.receive(2, new Message.Accepted(new Ballot(2, 1, 1), 4, 3));
    assertThat(subject.persisted()).contains(new Effect.SendDecided(4, 4, 4));
  }

  // Handing over.

  @Test
  void aHandoverWaitsForTheTargetAndHoldsCommands() {
    Subject subject = settled();
    subject.step(new Event.TransferRequested(7, 3));
    assertThat(subject.propose(8, "waits")).isEmpty();
    assertThat(subject.receive(3, new Message.Accepted(OWN, 1, 1)))
        .contains(new Effect.Send(3, new Message.Transfer(OWN, 1), Effect.NO_GROUP));
    assertThat(subject.receive(3, new Message.Prepare(ballot(2, 3), 1)))
        .contains(
            new Effect.Answer(7, new Verdict.Transferred(3)),
            new Effect.Answer(8, new Verdict.NotLeader(0)));
  }

  @Test
  void aHandoverThatTakesTooLongIsGivenUp() {
    Subject subject = settled();
    subject.step(new Event.TransferRequested(7, 3));
    subject.propose(8, "waits");
    List<Effect> effects = new ArrayList<>();
    for (int i = 0; i <= Subject.PATIENT.electionTicksMax(); i++) {
      effects.addAll(subject.tick(1));
      echo(subject, effects);
    }
    assertThat(effects).contains(new Effect.Answer(7, new Verdict.NotTransferred(3)));
    assertThat(subject.replica.view().length()).as("the command is logged").isEqualTo(2);
  }

  @Test
  void aVoterOfHigherPriorityIsAskedToLeadOnceItIsInSync() {
    Configuration preferred =
        Configuration.ofMajorities(1, 0, List.of(voter(1), voter(2), preferred(3)));
    Subject subject = Subject.leading(Subject.SETTINGS, Image.empty(preferred));
    subject.receive(2, new Message.Accepted(OWN, 1, 0));
    subject.receive(3, new Message.Accepted(OWN, 1, 0));
    List<Effect> effects = new ArrayList<>();
    for (int i = 0; i <= Subject.PATIENT.electionTicksMax(); i++) {
      effects.addAll(subject.tick(1));
      echo(subject, effects);
    }
    assertThat(effects)
        .contains(
            new Effect.Observe(new Observation.HandingOver(3)),
            new Effect.Send(3, new Message.Transfer(OWN, 1), Effect.NO_GROUP));
  }

  /** Members 2 and 3 echo the last heartbeat among {@code effects}. */
  private static void echo(Subject subject, List<Effect> effects) {
    if (effects.reversed().stream().findFirst().orElse(null)
        instanceof Effect.Send(int _, Message.Heartbeat beat, long _)) {
      for (int member : List.of(2, 3)) {
        subject.receive(
            member,
            new Message.HeartbeatReply(
                beat.ballot(), beat.readSequence(), beat.sentTick(), member == 2 ? 1 : 0, 1, 1));
      }
    }
  }

  // Subjects.

  private static final Ballot OWN = ballot(1, 1);

  /** Leads ballot 1.1.1; its barrier is decided and applied; member 2 has it, 3 is silent. */
  private static Subject settled() {
    Subject subject = Subject.leading(Subject.SETTINGS, Subject.empty());
    subject.receive(2, new Message.Accepted(OWN, 1, 0));
    subject.persisted();
    subject.step(new Event.Applied(1));
    return subject;
  }

  /** On an empty disk that its configuration does not name. */
  private static Subject guest(Image image) {
    Subject subject = new Subject(Subject.SETTINGS, image, new Incarnation(6, 6));
    subject.tick(Subject.PATIENT.electionTicksMin());
    return subject;
  }

  /** {@link #NEXT} without a first leader at this member: 1 and 2 are ready. */
  private static Configuration swapped() {
    return LED_BY_TWO;
  }

  private static Configuration ledBySelf() {
    return NEXT;
  }

  /** Configuration 2: 1 and 2 vote, 4 learns. */
  private static Configuration learning() {
    return Configuration.ofMajorities(
        2, 2, List.of(voter(1), voter(2), voter(4).withRole(Configuration.Role.LEARNER)));
  }

  private static Configuration.Member voter(int node) {
    return new Configuration.Member(
        node, Configuration.Role.VOTER, 0, new Incarnation(0, node), "");
  }

  private static Configuration.Member preferred(int node) {
    return new Configuration.Member(
        node, Configuration.Role.VOTER, 5, new Incarnation(0, node), "");
  }

  /** A disk on which {@code configuration} has begun behind slot 3. */
  private static Image begun(Configuration configuration) {
    List<LoggedEntry> closing = append(AB, stopSign(configuration));
    Stretch stretch = new Stretch(3, configuration);
    Ballot first = stretch.firstBallot();
    return new Image(7, first, first, stretch, 3, closing.getLast().hash(), List.of());
  }

  private static LoggedEntry accepted(List<Effect> effects) {
    for (Effect effect : effects) {
      if (effect instanceof Effect.Send(int _, Message.Accept accept, long _)) {
        return accept.logged();
      }
    }
    throw new AssertionError("nothing was proposed: " + effects);
  }
}
