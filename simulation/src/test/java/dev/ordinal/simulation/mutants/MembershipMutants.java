package dev.ordinal.simulation.mutants;

import java.util.List;
import java.util.stream.Stream;

/** Planted bugs in how one configuration follows another, and in who has a vote. */
final class MembershipMutants {
  private static final int BUDGET = 400;
  private static final String CORE = "consensus/core/";

  private MembershipMutants() {}

  static List<Mutant> all() {
    return Stream.of(stopSigns(), votes(), beginnings()).flatMap(List::stream).toList();
  }

  /** What ends a configuration. */
  private static List<Mutant> stopSigns() {
    return List.of(
        unguarded("a leader proposes past the stop-sign")
            .with(
                CORE + "Proposer.java",
                "barrier == NOT_PROPOSED || isChanging();",
                "barrier == NOT_PROPOSED || handover != null;"),
        unguarded("a barrier follows a stop-sign that was adopted")
            .with(CORE + "Proposer.java", " && !acceptor.isClosing()) {", ") {"),
        Mutant.of("M21 a configuration votes before its stop-sign is decided", BUDGET)
            .with(
                CORE + "Proposer.java",
                "      change = null;",
                "      change = null; "
                    + "acceptor.enterStretch(new Stretch(logged.slot(), asked.next()));"));
  }

  /** Whose votes count. */
  private static List<Mutant> votes() {
    return List.of(
        Mutant.of("M22 a wiped disk votes under its node's number", BUDGET)
            .with(
                CORE + "Membership.java",
                "now.isVoter(self) && now.names(self, incarnation);",
                "now.isVoter(self);"),
        Mutant.of("M22 a learner votes", BUDGET)
            .with(
                CORE + "Replica.java", "} else if (membership.votes()) {", "} else if (own > 0) {"),
        Mutant.of("a removed node goes on as before", BUDGET)
            .with(
                CORE + "Membership.java",
                "now.isVoter(self) && now.names(self, incarnation);",
                "votes || now.isVoter(self) && now.names(self, incarnation);"));
  }

  /** What begins the next one. */
  private static List<Mutant> beginnings() {
    return List.of(
        Mutant.of("the first leader leads again after a restart", BUDGET)
            .with(
                CORE + "Acceptor.java",
                "this.durable = mark(image.decided());",
                "this.verified = log.length(); this.durable = mark(image.decided());")
            .with(
                CORE + "Roles.java",
                "    this.configuration = local.configuration().number();",
                "    this.configuration = local.configuration().number(); "
                    + "    Ballot own = acceptor.promised(); "
                    + "    if (configuration > 1 && local.membership().votes() "
                    + "        && own.round() == 0 && own.node() == local.self()) { "
                    + "      role = new Role.Leading(new Proposer(local, acceptor, learner, own)); "
                    + "    } "),
        Mutant.of("the first leader does not wait for its disk", BUDGET)
            .with(
                CORE + "Roles.java",
                "      role = new Role.Starting(first, local.groups().current());",
                "      lead(first); first.startFirst();"),
        Mutant.of("a configuration is written after its stop-sign's decision", BUDGET)
            .with(
                CORE + "Acceptor.java",
                "    local.groups().add(new Change.SetStretch(next));",
                "    late = new Change.SetStretch(next);")
            .with(
                CORE + "Acceptor.java",
                "  void settle(Durable reached) {",
                "  private Change late; "
                    + "  void settle(Durable reached) { "
                    + "    if (late != null) { local.groups().add(late); late = null; }"),
        Mutant.of("a stop-sign is applied before its configuration is durable", BUDGET)
            .with(
                CORE + "Learner.java",
                "apply(logged, List.of(), local.groups().current());",
                "apply(logged, List.of(), local.groups().holding(decided));"));
  }

  /** Without the checks in the core, which would see it at once: the oracle must. */
  private static Mutant unguarded(String name) {
    return Mutant.of(name, BUDGET)
        .with(CORE + "Acceptor.java", "    if (isClosing()) {", "    if (log.length() < 0) {")
        .with(
            CORE + "Acceptor.java",
            "next.since() == log.length(), ",
            "next.since() <= log.length(), ");
  }
}
