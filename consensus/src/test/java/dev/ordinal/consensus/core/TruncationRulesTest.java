package dev.ordinal.consensus.core;

import static dev.ordinal.consensus.core.Subject.ballot;
import static dev.ordinal.consensus.core.Subject.image;
import static dev.ordinal.consensus.core.Subject.log;
import static dev.ordinal.consensus.core.Subject.sync;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ordinal.consensus.entry.EntryHash;
import dev.ordinal.consensus.entry.LogPoint;
import dev.ordinal.consensus.entry.LoggedEntry;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Where a log may begin, and what becomes of members that lack what is gone. */
class TruncationRulesTest {
  private static final Ballot LEADER = ballot(1, 2);
  private static final List<LoggedEntry> LOG =
      log(IntStream.rangeClosed(1, 20).mapToObj(i -> "c" + i).toArray(String[]::new));

  @Test
  void aFollowerCutsBehindWhatAllHaveAndItsStateSurvivesWithout() {
    Subject subject = following(Settings.DEFAULT.logBytesMax());
    subject.step(new Event.Droppable(9));
    assertThat(heartbeat(subject, 0)).isEmpty();
    assertThat(heartbeat(subject, 20)).isEmpty(); // the log is small: it is cut in larger steps

    Subject eager = following(64);
    eager.step(new Event.Droppable(9));
    assertThat(heartbeat(eager, 6)).containsExactly(raised(9));
    assertThat(heartbeat(eager, 12)).isEmpty();
    eager.step(new Event.Droppable(15));
    assertThat(heartbeat(eager, 12)).containsExactly(raised(15));
  }

  @Test
  void aSlowMemberHoldsTheLogWithinTheBudget() {
    Subject subject = following(600);
    subject.step(new Event.Droppable(20));
    List<Change> cut = heartbeat(subject, 2);
    assertThat(cut).hasSize(1);
    LogPoint base = ((Change.RaiseBase) cut.getFirst()).base();
    assertThat(base.slot()).isBetween(10L, 16L);
    assertThat(heartbeat(subject, 2)).isEmpty();
    assertThat(heartbeat(subject, 19)).containsExactly(raised(19));
  }

  @Test
  void aSmallLogIsNotCutBecauseOfARestart() {
    Truncation small = new Truncation(Settings.DEFAULT, decidedThrough(20, 1 << 20));
    small.onDroppable(20);
    small.onHeldByAll(20);
    assertThat(small.raise()).isNull();
    Truncation large = new Truncation(Settings.DEFAULT, decidedThrough(20, 32 << 20));
    large.onDroppable(20);
    large.onHeldByAll(20);
    assertThat(large.raise()).isEqualTo(point(20));
  }

  private static Image decidedThrough(long slot, long bytes) {
    LogPoint point = point(slot);
    Image.Extent extent = new Image.Extent(LogPoint.START, bytes);
    Stretch stretch = Stretch.first(Subject.THREE);
    return new Image(7, LEADER, LEADER, stretch, extent, slot, point.hash(), List.of());
  }

  @Test
  void nothingIsCutThatTheStateMachineHasNotApplied() {
    Subject subject = following(64);
    subject.step(new Event.Droppable(1_000));
    assertThat(heartbeat(subject, 20)).containsExactly(raised(20));
  }

  @Test
  void whoAsksForWhatIsGoneIsToldWhereTheLogBegins() {
    Subject subject = following(64);
    subject.step(new Event.Droppable(9));
    heartbeat(subject, 9);
    assertThat(subject.receive(3, new Message.Want(8, false)))
        .containsExactly(new Effect.Send(3, new Message.Behind(point(9)), Effect.NO_GROUP));
    assertThat(subject.receive(3, new Message.Want(9, false)))
        .noneMatch(effect -> effect instanceof Effect.Send);
  }

  @Test
  void whoLacksTheBaseFetchesASnapshotAndLetsOthersLead() {
    Subject subject = Subject.awake(image(LEADER, LEADER, 3, LOG.subList(0, 5)));
    assertThat(subject.receive(2, new Message.Behind(point(9))))
        .containsExactly(
            new Effect.Observe(new Observation.OutOfLog(2, 9)), new Effect.FetchSnapshot(2, 9));
    assertThat(subject.tick(10 * Subject.PATIENT.electionTicksMax()))
        .noneMatch(effect -> effect instanceof Effect.Send);
  }

  @Test
  void whoHoldsTheBaseLearnsThatItIsDecided() {
    Subject subject = Subject.awake(image(LEADER, LEADER, 3, LOG.subList(0, 10)));
    subject.receive(2, new Message.Behind(point(9)));
    assertThat(subject.replica.view().decided()).isEqualTo(9);
  }

  @Test
  void anOldWordOfABaseChangesNothing() {
    Subject subject = Subject.awake(image(LEADER, LEADER, 3, LOG.subList(0, 5)));
    assertThat(subject.receive(2, new Message.Behind(point(3)))).isEmpty();
  }

  @Test
  void aSnapshotMovesTheLogThenTheStateAndOnlyForwards() {
    Image behind = image(ballot(7, 3), LEADER, 3, LOG.subList(0, 5));
    Stretch first = behind.stretch();
    assertThat(Installation.of(behind, point(9), first))
        .isEqualTo(new Installation.LogFirst(List.of(raised(9))));
    assertThat(Installation.of(behind, point(5), first))
        .isEqualTo(new Installation.LogFirst(List.of(raised(5))));
    assertThat(Installation.of(behind, point(3), first)).isEqualTo(new Installation.Needless());
    Image moved = new Image(8, LEADER, LEADER, first, extent(9), 9, point(9).hash(), List.of());
    assertThat(Installation.of(moved, point(9), first)).isEqualTo(new Installation.StateNext());
  }

  @Test
  void whatContradictsASnapshotIsCut() {
    Image behind = image(LEADER, LEADER, 3, LOG.subList(0, 10));
    LogPoint other = new LogPoint(9, EntryHash.START);
    assertThat(Installation.of(behind, other, behind.stretch()))
        .isEqualTo(
            new Installation.LogFirst(
                List.of(new Change.TruncateFrom(4), new Change.RaiseBase(other))));
  }

  @Test
  void aSnapshotOfALaterConfigurationRaisesTheBallots() {
    Image behind = image(LEADER, LEADER, 3, LOG.subList(0, 3));
    Stretch second =
        new Stretch(8, dev.ordinal.consensus.quorum.Configuration.ofMajorities(2, List.of(1, 2)));
    assertThat(Installation.of(behind, point(9), second))
        .isEqualTo(
            new Installation.LogFirst(
                List.of(
                    raised(9),
                    new Change.SetStretch(second),
                    new Change.SetBallots(second.firstBallot(), second.firstBallot()))));
  }

  private static Image.Extent extent(long slot) {
    return new Image.Extent(point(slot), 0);
  }

  private static LogPoint point(long slot) {
    return new LogPoint(slot, LOG.get((int) slot - 1).hash());
  }

  private static Change raised(long slot) {
    return new Change.RaiseBase(point(slot));
  }

  /** Has decided and applied the whole log, all of it durable. */
  private static Subject following(long logBytesMax) {
    Settings usual = Subject.SETTINGS;
    Settings settings =
        new Settings(
            usual.timing(),
            usual.commandBytesMax(),
            usual.batch(),
            usual.queue(),
            usual.window(),
            usual.recent(),
            usual.pipeline(),
            usual.appliedLagMax(),
            logBytesMax);
    Subject subject = Subject.awake(settings, Subject.empty());
    subject.receive(2, sync(LEADER, 0, LOG, 20));
    subject.persisted();
    subject.step(new Event.Applied(20));
    return subject;
  }

  /** What the log is told at the tick after a heartbeat, but for the decided hint. */
  private static List<Change> heartbeat(Subject subject, long heldByAll) {
    subject.receive(2, new Message.Heartbeat(LEADER, 20, 1, 1, heldByAll));
    List<Effect> effects = subject.tick(1);
    subject.persisted();
    return effects.stream()
        .filter(Effect.Persist.class::isInstance)
        .flatMap(effect -> ((Effect.Persist) effect).changes().stream())
        .filter(change -> !(change instanceof Change.SetDecided))
        .toList();
  }
}
