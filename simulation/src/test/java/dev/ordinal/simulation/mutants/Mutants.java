package dev.ordinal.simulation.mutants;

import java.util.List;
import java.util.stream.Stream;

/** The planted bugs. */
final class Mutants {
  private static final int BUDGET = 400;

  private static final String CORE = "consensus/core/";
  private static final String WORLD = "simulation/world/";

  private Mutants() {}

  static List<Mutant> all() {
    return Stream.of(durability(), counting(), ballots(), logs(), snapshots())
        .flatMap(List::stream)
        .toList();
  }

  /** What the disk has to say, before something is said, and after a restart. */
  private static List<Mutant> durability() {
    return List.of(
        Mutant.of("M1 a promise leaves before it is durable", BUDGET)
            .with(
                CORE + "Replica.java",
                "answer(from, acceptor.report(ballot, learner.decided()));",
                "outbox.send(from, acceptor.report(ballot, learner.decided()));"),
        Mutant.of("M2 an acceptance leaves before it is durable", BUDGET)
            .with(
                CORE + "Follower.java",
                "sendAfter(local.groups().current(), leader, accepted)",
                "send(leader, accepted)"),
        Mutant.of("M19 a sync error is swallowed", BUDGET)
            .with(
                WORLD + "WriteQueue.java",
                "told.failed();",
                "long lost = waiting.remove().group(); told.durable(lost); told.reported(lost);"),
        Mutant.of("M29 a promise is forgotten by a restart", BUDGET)
            .with(
                CORE + "Acceptor.java",
                "this.promised = image.promised();",
                "this.promised = image.accepted();"),
        Mutant.of("a leadership is resumed after a restart", BUDGET)
            .with(
                CORE + "Acceptor.java",
                "this.durable = mark(image.decided());",
                "this.verified = log.length(); this.durable = mark(image.decided());")
            .with(
                CORE + "Replica.java",
                "election = new Election(settings.timing(), ticks, chance);",
                "election = new Election(settings.timing(), ticks, chance);"
                    + "    if (image.promised().node() == self "
                    + "        && image.promised().equals(image.accepted())) { "
                    + "      role = new Role.Leading( "
                    + "          new Proposer(local, acceptor, learner, image.promised())); "
                    + "    } "),
        Mutant.of("an entry is applied before it is durable", BUDGET)
            .with(
                CORE + "Learner.java",
                "tickets, local.groups().holding(decided));",
                "tickets, Effect.NO_GROUP);")
            .with(
                CORE + "Learner.java",
                "long group = local.groups().holding(slot);",
                "long group = Effect.NO_GROUP;"),
        Mutant.of("a write replaces a tail in two parts", BUDGET)
            .with(
                WORLD + "WriteQueue.java",
                "waiting.clear();",
                "    if (!waiting.isEmpty()) { "
                    + "      Effect.Persist torn = waiting.remove(); "
                    + "      int half = torn.changes().size() / 2; "
                    + "      disk.write(torn.group(), torn.changes().subList(0, half)); "
                    + "    } "
                    + "    waiting.clear(); "));
  }

  /** Who counts, and how often. */
  private static List<Mutant> counting() {
    return List.of(
        Mutant.of("M3 half of the members decide", BUDGET)
            .with(
                "consensus/quorum/CountingQuorums.java",
                "return members.size() >= deciding;",
                "return members.size() >= members() / 2;"),
        Mutant.of("M4 repeated promises of one member are counted", BUDGET)
            .with(
                CORE + "Candidacy.java",
                "promises.put(from, promise);",
                "if (promises.put(from, promise) != null) { repeated.add(-repeated.size() - 1); }")
            .with(
                CORE + "Candidacy.java",
                "  private boolean hasQuorum() {",
                "  private final TreeSet<Integer> repeated = new TreeSet<>(); "
                    + "  private boolean hasQuorum() {")
            .with(
                CORE + "Candidacy.java",
                "new TreeSet<>(promises.keySet());",
                "new TreeSet<>(promises.keySet()); members.addAll(repeated);"),
        Mutant.of("a promise counts as an acceptance", BUDGET)
            .with(
                CORE + "Proposer.java",
                "promises.forEach((member, promise) -> feed(member, promise.decided()));",
                "promises.forEach((member, promise) -> { feed(member, promise.decided()); "
                    + "peer(member).onAccepted( "
                    + "Math.min(promise.length(), acceptor.log().length()), 0); });"),
        Mutant.of("acceptances of older ballots count", 2_000)
            .with(
                CORE + "Proposer.java",
                "if (accepted.ballot().equals(ballot)) {",
                "if (accepted.verified() <= acceptor.log().length()) {"));
  }

  /** Whom to believe, and what to adopt. */
  private static List<Mutant> ballots() {
    return List.of(
        Mutant.of("M5 a leader is heard although a higher ballot was promised", BUDGET)
            .with(
                CORE + "Replica.java",
                "if (ballot.compareTo(acceptor.promised()) < 0) {",
                "if (ballot.compareTo(acceptor.accepted()) < 0) {"),
        Mutant.of("M6 ballots of one round are equal", BUDGET)
            .with(CORE + "Ballot.java", ".thenComparingInt(Ballot::node)", ""),
        Mutant.of("M7 a new leader ignores what others have accepted", BUDGET)
            .with(
                CORE + "Candidacy.java",
                "if (higher > 0 || (higher == 0 && promise.length() > length)) {",
                "if (higher > Integer.MAX_VALUE - 1) {"),
        Mutant.of("M8 a new leader adopts the oldest tail", BUDGET)
            .with(CORE + "Candidacy.java", "if (higher > 0 ||", "if (higher < 0 ||"));
  }

  /** What may be taken, and what may be shown. */
  private static List<Mutant> logs() {
    return List.of(
        Mutant.of("M9 a gap is accepted", BUDGET)
            .with(
                CORE + "Follower.java",
                "logged.slot() > acceptor.verified() + 1",
                "logged.slot() > acceptor.verified() + 2"),
        Mutant.of("M10 reads need no confirmation", BUDGET)
            .with(
                CORE + "ReadIndex.java",
                "waiting.getFirst().round() <= confirmedRound",
                "waiting.getFirst().round() >= 0"),
        Mutant.of("M11 reads do not wait for the leader's first entry", BUDGET)
            .with(
                CORE + "Proposer.java",
                "if (barrier != NOT_PROPOSED && learner.applied() >= barrier) {",
                "if (barrier >= NOT_PROPOSED) {")
            .with(CORE + "ReadIndex.java", "Math.max(read.slot(), barrier)", "read.slot()"),
        Mutant.of("M12 a read joins a round that began before it", BUDGET)
            .with(
                CORE + "ReadIndex.java",
                "new Waiting(ticket, slot, startedRound + 1)",
                "new Waiting(ticket, slot, confirmedRound + 1)")
            .with(
                CORE + "ReadIndex.java",
                "return ++startedRound;",
                "return startedRound > confirmedRound ? startedRound : ++startedRound;"),
        Mutant.of("the length of the log is acknowledged, not what was compared", 2_000)
            .with(
                CORE + "Follower.java",
                "new Message.Accepted(ballot, acceptor.verified(),",
                "new Message.Accepted(ballot, acceptor.log().length(),")
            .with(
                CORE + "Follower.java",
                "acceptor.durablyVerified(ballot),",
                "acceptor.accepted().equals(ballot) && local.groups().isSettled() "
                    + "? acceptor.log().length() : Acceptor.UNVERIFIED,"),
        Mutant.of("a Sync is not compared with what is decided", 2_500)
            .with(
                CORE + "Follower.java",
                "sync.length() < learner.decided() || contradicts(sync)",
                "sync.length() < learner.decided()"),
        Mutant.of("a late Sync of the same ballot shortens the log", BUDGET)
            .with(
                CORE + "Follower.java",
                "} else if (acceptor.accepted().equals(sync.ballot())) {",
                "} else if (acceptor.accepted().equals(Ballot.NONE)) {"));
  }

  /** What may be dropped, and what a snapshot leaves in place. */
  private static List<Mutant> snapshots() {
    return List.of(
        Mutant.of("M14 a snapshot says another slot than it holds", BUDGET)
            .with(
                WORLD + "StateTwin.java",
                "  State checkpoint() {\n    flush();\n    return durable;",
                "  State checkpoint() { State older = durable; flush();"
                    + " return new State(durable.point(), older.digest());"),
        Mutant.of("M15 the log is cut before the state is durable", BUDGET)
            .with(
                CORE + "Truncation.java",
                "Math.min(droppable, Math.max(heldByAll, beyondBudget()))",
                "Math.max(heldByAll, beyondBudget())"),
        Mutant.of("M16 a snapshot resets the promise", BUDGET)
            .with(
                CORE + "Installation.java",
                "    changes.add(new Change.RaiseBase(snapshot));",
                "changes.add(new Change.SetBallots(Ballot.NONE, Ballot.NONE));"
                    + "    changes.add(new Change.RaiseBase(snapshot));")
            .with(
                "consensus/log/HardState.java",
                "nextPromised.compareTo(newPromised) >= 0);",
                "nextPromised.compareTo(Ballot.NONE) >= 0);"),
        Mutant.of("M16 a snapshot drops what was accepted behind it", BUDGET)
            .with(
                CORE + "Installation.java",
                "length >= snapshot.slot() && !holds(image, snapshot)",
                "length >= snapshot.slot()"),
        Mutant.of("what contradicts a snapshot stays behind it", BUDGET)
            .with(
                CORE + "Installation.java",
                "length >= snapshot.slot() && !holds(image, snapshot)",
                "length < 0 && !holds(image, snapshot)"),
        Mutant.of("the state gives way to a snapshot before the log does", BUDGET)
            .with(
                CORE + "Installation.java",
                "    List<Change> changes = new ArrayList<>();",
                "if (image.group() >= 0) { return new StateNext(); }"
                    + " List<Change> changes = new ArrayList<>();"),
        Mutant.of("a member is fed from behind the base", BUDGET)
            .with(
                CORE + "Acceptor.java",
                "if (after < truncation.base().slot()) {",
                "if (after < 0) {"));
  }
}
