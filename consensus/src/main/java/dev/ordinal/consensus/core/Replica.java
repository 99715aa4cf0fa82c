package dev.ordinal.consensus.core;

import dev.ordinal.consensus.quorum.Configuration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * One member of a group, as a machine that is told what has happened and says what it wants done.
 * Two replicas built alike and fed alike return equal lists. Not safe for use by several threads.
 */
public final class Replica {
  private final Image image;

  /**
   * A replica that starts, or starts again, from what is on its disk.
   *
   * @param self this member's number
   * @param members who votes; {@code self} must be one of them
   * @param image what the disk holds
   * @param chance spreads elections; the only source of chance
   */
  public Replica(
      int self, Configuration members, Settings settings, Image image, RandomGenerator chance) {
    this.image = image;
  }

  /**
   * Takes what has happened, in order, and says what is to be done, in order; asks for at most one
   * new group. Throws {@link InvariantViolation} if something happened that cannot: the process
   * must end then.
   */
  public List<Effect> step(List<Event> events) {
    return new ArrayList<>();
  }

  /** What this replica believes now. */
  public ReplicaView view() {
    return new ReplicaView(
        ReplicaView.Role.FOLLOWER,
        0,
        image.promised(),
        image.accepted(),
        image.decided(),
        image.decided(),
        image.decided() + image.tail().size(),
        -1,
        0,
        0,
        List.of());
  }
}
