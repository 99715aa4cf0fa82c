package dev.ordinal.simulation.invariant;

import dev.ordinal.consensus.core.Ballot;
import dev.ordinal.consensus.core.Stretch;
import dev.ordinal.consensus.entry.EntryHash;
import org.jspecify.annotations.Nullable;

/** What one disk says at this moment: what a restart would find. */
public interface DiskFacts {
  Ballot promised();

  Ballot accepted();

  /** In which configuration, and since when. */
  Stretch stretch();

  /** The decided hint. */
  long decided();

  long length();

  /** The hash of the log through {@code slot}; null beyond the length. */
  @Nullable EntryHash hashThrough(long slot);

  /** Whether the hash of the log through {@code slot} is {@code hash}. */
  default boolean holds(long slot, EntryHash hash) {
    EntryHash held = hashThrough(slot);
    return held != null && held.equals(hash);
  }
}
