package dev.ordinal.simulation.invariant;

import dev.ordinal.consensus.core.Ballot;

/**
 * I7: the log that a leader starts with holds everything that lower ballots have decided, and is
 * durable. (What they decide later is caught by {@link SingleValue}.)
 */
final class LeaderCompleteness extends AtElection {
  private static final String NAME = "I7 a leader has what was decided";

  private final Decisions decisions;
  private final Configurations configurations;

  LeaderCompleteness(Decisions decisions, Configurations configurations) {
    this.decisions = decisions;
    this.configurations = configurations;
  }

  @Override
  void onElected(int member, Ballot ballot, long length) {
    long through = decisions.throughBelow(ballot);
    DiskFacts disk = configurations.disk(member);
    boolean complete =
        length >= through
            && disk.accepted().compareTo(ballot) >= 0
            && disk.holds(through, decisions.hashThrough(through));
    if (!complete) {
      throw new Violation(
          NAME,
          "member %d leads %s with %d entries (%d durable, accepted %s), %d are decided below"
              .formatted(member, ballot, length, disk.length(), disk.accepted(), through));
    }
  }
}
