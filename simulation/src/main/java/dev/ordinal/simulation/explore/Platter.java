package dev.ordinal.simulation.explore;

import dev.ordinal.consensus.core.Ballot;
import dev.ordinal.consensus.core.Stretch;
import dev.ordinal.consensus.entry.EntryHash;
import java.util.List;

/**
 * What a disk holds.
 *
 * @param stretch the configuration that votes, and since when
 * @param hashes of the log through each slot, from slot 1 on
 */
record Platter(Ballot promised, Ballot accepted, Stretch stretch, List<EntryHash> hashes) {
  Platter {
    hashes = List.copyOf(hashes);
  }

  boolean holds(long slot, EntryHash hash) {
    return reaches(slot) && hashes.get((int) slot - 1).equals(hash);
  }

  boolean reaches(long slot) {
    return slot <= hashes.size();
  }
}
