package dev.ordinal.simulation.invariant;

import dev.ordinal.consensus.core.Ballot;
import dev.ordinal.consensus.entry.EntryHash;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Which log each leadership has told others of. Only {@link SingleValue} adds to it. */
final class Proposals {
  private final NavigableMap<Ballot, Map<Long, EntryHash>> proposals = new TreeMap<>();

  /** The hash of {@code ballot}'s log through {@code slot}; null if nobody was told. */
  @Nullable EntryHash hashThrough(Ballot ballot, long slot) {
    Map<Long, EntryHash> proposed = proposals.get(ballot);
    return proposed == null ? null : proposed.get(slot);
  }

  /** Everything proposed above {@code ballot}. */
  NavigableMap<Ballot, Map<Long, EntryHash>> above(Ballot ballot) {
    return proposals.tailMap(ballot, false);
  }

  void add(Ballot ballot, long slot, EntryHash hash) {
    proposals.computeIfAbsent(ballot, _ -> new TreeMap<>()).put(slot, hash);
  }
}
