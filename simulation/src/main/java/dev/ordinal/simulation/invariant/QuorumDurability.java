package dev.ordinal.simulation.invariant;

import dev.ordinal.consensus.core.Ballot;
import dev.ordinal.consensus.entry.EntryHash;
import dev.ordinal.consensus.quorum.Configuration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * I6: a decided entry is durable on a deciding quorum at the moment it is decided, in the ballot
 * that decides it or a higher one. A promise is no vote, nor is an acceptance in a lower ballot.
 */
final class QuorumDurability implements Invariant {
  private static final String NAME = "I6 decided is durable on a quorum";

  private final Configuration configuration;
  private final Decisions decisions;
  private final List<? extends DiskFacts> disks;
  private long checkedThrough;

  /** {@code disks} in the order of {@code configuration}'s members. */
  QuorumDurability(
      Configuration configuration, Decisions decisions, List<? extends DiskFacts> disks) {
    this.configuration = configuration;
    this.decisions = decisions;
    this.disks = disks;
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
    Set<Integer> holders = new TreeSet<>();
    for (int i = 0; i < disks.size(); i++) {
      if (holds(disks.get(i), slot, ballot, hash)) {
        holders.add(configuration.voters().get(i));
      }
    }
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
