package dev.ordinal.consensus.core;

import dev.ordinal.consensus.entry.EntryHash;
import dev.ordinal.consensus.entry.LogPoint;
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
 * @param extent what of the log is there through {@code decided}
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
    Extent extent,
    long decided,
    EntryHash decidedHash,
    List<LoggedEntry> tail) {
  public Image {
    if (extent.base().slot() > decided) {
      throw new IllegalArgumentException("base " + extent.base() + " above decided " + decided);
    }
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

  /**
   * How far back a log reaches.
   *
   * @param base nothing at or below it is there
   * @param bytes about what the entries take on the disk
   */
  public record Extent(LogPoint base, long bytes) {
    /** Of a log from the first slot on, of which nothing is decided. */
    public static final Extent NONE = new Extent(LogPoint.START, 0);
  }

  /** The image of a disk that was freshly formatted for {@code first}. */
  public static Image empty(Configuration first) {
    return new Image(
        0,
        Ballot.NONE,
        Ballot.NONE,
        Stretch.first(first),
        Extent.NONE,
        0,
        EntryHash.START,
        List.of());
  }
}
