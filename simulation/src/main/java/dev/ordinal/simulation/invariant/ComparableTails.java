package dev.ordinal.simulation.invariant;

import dev.ordinal.consensus.core.Ballot;
import dev.ordinal.consensus.entry.EntryHash;

/**
 * I3, second half: undecided tails that come from the same leader are prefixes of each other. The
 * hash chain makes this one comparison, at the shorter one's end.
 */
final class ComparableTails implements Invariant {
  private static final String NAME = "I3 tails of one ballot are prefix-comparable";

  private final Decisions decisions;
  private final Configurations configurations;

  ComparableTails(Decisions decisions, Configurations configurations) {
    this.decisions = decisions;
    this.configurations = configurations;
  }

  @Override
  public void onDurable(int member, DiskFacts disk) {
    for (DiskFacts other : configurations.disks()) {
      if (other.accepted().equals(disk.accepted())) {
        compare(member, disk, other);
      }
    }
  }

  private void compare(int member, DiskFacts disk, DiskFacts other) {
    long slot = Math.min(disk.length(), other.length());
    EntryHash here = disk.hashThrough(slot);
    EntryHash there = other.hashThrough(slot);
    if (slot <= decisions.through() || here == null || there == null) {
      return;
    }
    if (!here.equals(there)) {
      Ballot ballot = disk.accepted();
      throw new Violation(
          NAME,
          "member %d has %s through slot %d of %s, %s elsewhere"
              .formatted(member, here, slot, ballot, there));
    }
  }
}
