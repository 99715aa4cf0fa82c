package dev.ordinal.consensus.core;

import dev.ordinal.consensus.entry.EntryHash;
import dev.ordinal.consensus.entry.LoggedEntry;
import java.util.List;

/**
 * What a replica finds on its disk when it starts.
 *
 * @param group the last durable group; 0 on a fresh disk
 * @param promised no lower ballot may be promised or accepted
 * @param accepted the ballot of the leader that the tail comes from
 * @param decided everything through this slot is decided: the hint on disk, or more if the state
 *     machine has applied more. The state machine is brought here before it takes what {@link
 *     Effect.Apply} adds
 * @param decidedHash the hash of the log through {@code decided}
 * @param tail the entries after {@code decided}, without gaps
 */
public record Image(
    long group,
    Ballot promised,
    Ballot accepted,
    long decided,
    EntryHash decidedHash,
    List<LoggedEntry> tail) {
  public Image {
    tail = LoggedEntry.copyOfRun(decided + 1, tail);
    if (accepted.compareTo(promised) > 0) {
      throw new IllegalArgumentException("accepted " + accepted + " above promised " + promised);
    }
  }

  /** The image of a freshly formatted disk. */
  public static Image empty() {
    return new Image(0, Ballot.NONE, Ballot.NONE, 0, EntryHash.START, List.of());
  }
}
