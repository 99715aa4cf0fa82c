package dev.ordinal.simulation.invariant;

import dev.ordinal.consensus.entry.LoggedEntry;
import java.util.List;

/**
 * I22: a state machine is given only what its own disk holds. A state may be flushed at any moment;
 * were it ahead of the log then, nobody could be fed from that log any more.
 */
public final class StateBehindLog implements Invariant {
  private static final String NAME = "I22 the state is never ahead of the log";

  private final List<? extends DiskFacts> disks;

  /** {@code disks} of members 1, 2, …. */
  StateBehindLog(List<? extends DiskFacts> disks) {
    this.disks = disks;
  }

  /** The state machine of {@code member} has applied {@code logged}. */
  public void onApplied(int member, LoggedEntry logged) {
    DiskFacts disk = disks.get(member - 1);
    if (!disk.holds(logged.slot(), logged.hash())) {
      throw new Violation(
          NAME,
          "member %d applies %s, its disk holds %d entries"
              .formatted(member, logged, disk.length()));
    }
  }
}
