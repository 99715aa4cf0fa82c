package dev.ordinal.simulation.invariant;

import dev.ordinal.consensus.core.Ballot;
import dev.ordinal.consensus.core.Stretch;
import dev.ordinal.consensus.quorum.Configuration;
import java.util.Set;

/**
 * Whoever leads a ballot was promised it by an electing quorum of different voters, durably: what
 * makes I7 hold, and visible even where nothing was decided yet. Only the first leader of a decided
 * configuration needs no promises, for its lowest ballot.
 */
final class ElectingQuorum extends AtElection {
  private static final String NAME = "a leader has an electing quorum";

  private final Configurations configurations;

  ElectingQuorum(Configurations configurations) {
    this.configurations = configurations;
  }

  @Override
  void onElected(int member, Ballot ballot, long length) {
    Stretch stretch = configurations.numbered(ballot.configuration());
    if (stretch == null) {
      throw new Violation(
          NAME, "disk %d leads %s, whose configuration is not decided".formatted(member, ballot));
    }
    Configuration configuration = stretch.configuration();
    Set<Integer> promised =
        configurations.voters(configuration, disk -> disk.promised().compareTo(ballot) >= 0);
    boolean first = ballot.equals(stretch.firstBallot()) && configuration.number() > 1;
    if (!first && !configuration.quorums().elects(promised)) {
      throw new Violation(
          NAME, "disk %d leads %s, promised by %s".formatted(member, ballot, promised));
    }
  }
}
