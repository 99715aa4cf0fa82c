package dev.ordinal.simulation.invariant;

import dev.ordinal.consensus.core.Ballot;
import dev.ordinal.consensus.entry.EntryHash;
import dev.ordinal.consensus.entry.LoggedEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What has been decided so far, for ever: the truth that every replica is compared with. Only
 * {@link Agreement} adds to it.
 */
final class Decisions {
  private record Decision(LoggedEntry logged, Ballot ballot) {}

  private final List<Decision> decisions = new ArrayList<>();
  private final TreeMap<Ballot, Long> lastSlots = new TreeMap<>();

  /** The last decided slot. */
  long through() {
    return decisions.size();
  }

  LoggedEntry at(long slot) {
    return decisions.get(Math.toIntExact(slot - 1)).logged();
  }

  /** The leadership that was first to decide {@code slot}. */
  Ballot ballot(long slot) {
    return decisions.get(Math.toIntExact(slot - 1)).ballot();
  }

  EntryHash hashThrough(long slot) {
    return slot == 0 ? EntryHash.START : at(slot).hash();
  }

  /** The last slot that was first decided by a leadership below {@code ballot}; 0 if none was. */
  long throughBelow(Ballot ballot) {
    long last = 0;
    for (Map.Entry<Ballot, Long> entry : lastSlots.headMap(ballot).entrySet()) {
      last = Math.max(last, entry.getValue());
    }
    return last;
  }

  void add(LoggedEntry logged, Ballot ballot) {
    decisions.add(new Decision(logged, ballot));
    lastSlots.put(ballot, logged.slot());
  }
}
