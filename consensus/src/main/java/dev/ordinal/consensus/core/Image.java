package dev.ordinal.consensus.core;

import dev.ordinal.consensus.entry.EntryHash;
import dev.ordinal.consensus.entry.LoggedEntry;
import dev.ordinal.consensus.quorum.Configuration;
import java.util.List;

/**
 * What a replica finds on its disk when it starts.
 *
 * @param group the last durable group; 0 on a fresh disk
 * @param promised no lower ballot may be promised or accepted
 * @param accepted the ballot of the leader that the tail comes from
 * @param stretch who votes now; it began at or before {@code decided}
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
    Stretch stretch,
    long decided,
    EntryHash decidedHash,
    List<LoggedEntry> tail) {
  public Image {
    tail = LoggedEntry.copyOfRun(decided + 1, tail);
    if (accepted.compareTo(promised) > 0) {
      throw new IllegalArgumentException("accepted " + accepted + " above promised " + promised);
    }
    if (stretch.since() > decided) {
      throw new IllegalArgumentException(
          "the stretch since %d begins after what is decided, %d"
              .formatted(stretch.since(), decided));
    }
  }

  /** The image of a disk that was freshly formatted for {@code first}. */
  public static Image empty(Configuration first) {
    return new Image(
        0, Ballot.NONE, Ballot.NONE, Stretch.first(first), 0, EntryHash.START, List.of());
  }
}
