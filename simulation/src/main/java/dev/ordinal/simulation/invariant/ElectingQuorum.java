package dev.ordinal.simulation.invariant;

import dev.ordinal.consensus.core.Ballot;
import dev.ordinal.consensus.quorum.Configuration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Whoever leads a ballot was promised it by an electing quorum of different members, durably: what
 * makes I7 hold, and visible even where nothing was decided yet.
 */
final class ElectingQuorum extends AtElection {
  private static final String NAME = "a leader has an electing quorum";

  private final Configuration configuration;
  private final List<? extends DiskFacts> disks;

  /** {@code disks} in the order of {@code configuration}'s members. */
  ElectingQuorum(Configuration configuration, List<? extends DiskFacts> disks) {
    this.configuration = configuration;
    this.disks = disks;
  }

  @Override
  void onElected(int member, Ballot ballot, long length) {
    Set<Integer> promised = new TreeSet<>();
    for (int i = 0; i < disks.size(); i++) {
      if (disks.get(i).promised().compareTo(ballot) >= 0) {
        promised.add(configuration.voters().get(i));
      }
    }
    if (!configuration.quorums().elects(promised)) {
      throw new Violation(
          NAME, "member %d leads %s, promised by %s".formatted(member, ballot, promised));
    }
  }
}
