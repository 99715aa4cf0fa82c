package dev.ordinal.simulation.invariant;

import dev.ordinal.consensus.core.Ballot;
import dev.ordinal.consensus.entry.EntryHash;
import dev.ordinal.consensus.entry.LogPoint;
import org.jspecify.annotations.Nullable;

/** What the disk of one member says at this moment: what a restart would find. */
public interface DiskFacts {
  Ballot promised();

  Ballot accepted();

  /** The decided hint. */
  long decided();

  long length();

  /** Where the log begins: what lies before is told by a state. */
  LogPoint base();

  /** The hash of the log through {@code slot}; null beyond the length, or before the base. */
  @Nullable EntryHash hashThrough(long slot);

  /**
   * Whether the hash of the log through {@code slot} is {@code hash}. Before the base it is, as
   * {@link HonestHint} has compared the base with what is decided.
   */
  default boolean holds(long slot, EntryHash hash) {
    EntryHash held = hashThrough(slot);
    return slot < base().slot() || (held != null && held.equals(hash));
  }
}
