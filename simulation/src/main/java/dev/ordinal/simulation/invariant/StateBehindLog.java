package dev.ordinal.simulation.invariant;

import dev.ordinal.consensus.entry.Entry;
import dev.ordinal.consensus.entry.LoggedEntry;

/**
 * I22: a state machine is given only what its own disk holds. A state may be flushed at any moment;
 * were it ahead of the log then, nobody could be fed from that log any more; were it beyond a
 * stop-sign whose configuration is not on the disk, a restart would never enter that.
 */
public final class StateBehindLog implements Invariant {
  private static final String NAME = "I22 the state is never ahead of the log";

  private final Configurations configurations;

  StateBehindLog(Configurations configurations) {
    this.configurations = configurations;
  }

  /** The state machine of {@code member} has applied {@code logged}. */
  public void onApplied(int member, LoggedEntry logged) {
    DiskFacts disk = configurations.disk(member);
    boolean closes = logged.entry().kind() == Entry.Kind.STOP_SIGN;
    boolean entered = !closes || disk.stretch().since() >= logged.slot();
    if (!entered || !disk.holds(logged.slot(), logged.hash())) {
      throw new Violation(
          NAME,
          "disk %d holds %d entries, in %s; its state applies %s"
              .formatted(member, disk.length(), disk.stretch(), logged));
    }
  }
}
