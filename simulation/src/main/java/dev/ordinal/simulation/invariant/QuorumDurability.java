package dev.ordinal.simulation.invariant;

import dev.ordinal.consensus.core.Ballot;
import dev.ordinal.consensus.entry.EntryHash;
import dev.ordinal.consensus.quorum.Configuration;
import java.util.Set;

/**
 * I6: a decided entry is durable on a deciding quorum at the moment it is decided, in the ballot
 * that decides it or a higher one, of the configuration whose slot it is. A promise is no vote, nor
 * is an acceptance in a lower ballot.
 */
final class QuorumDurability implements Invariant {
  private static final String NAME = "I6 decided is durable on a quorum";

  private final Configurations configurations;
  private final Decisions decisions;
  private long checkedThrough;

  QuorumDurability(Configurations configurations, Decisions decisions) {
    this.configurations = configurations;
    this.decisions = decisions;
  }

  @Override
  public void onStep(Step step) {
    while (checkedThrough < decisions.through()) {
      checkedThrough++;
      requireDurable(checkedThrough);
    }
  }

  private void requireDurable(long slot) {
    Ballot ballot = decisions.ballot(slot);
    EntryHash hash = decisions.hashThrough(slot);
    Configuration configuration = configurations.deciding(slot);
    Set<Integer> holders =
        configurations.voters(configuration, disk -> holds(disk, slot, ballot, hash));
    if (!configuration.quorums().decides(holders)) {
      throw new Violation(
          NAME,
          "slot %d was decided in %s and is durable on %s only".formatted(slot, ballot, holders));
    }
  }

  private static boolean holds(DiskFacts disk, long slot, Ballot ballot, EntryHash hash) {
    boolean known = disk.decided() >= slot || disk.accepted().compareTo(ballot) >= 0;
    return known && disk.holds(slot, hash);
  }
}
