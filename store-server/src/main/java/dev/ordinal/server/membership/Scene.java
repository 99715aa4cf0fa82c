package dev.ordinal.server.membership;

import dev.ordinal.consensus.quorum.Configuration;
import dev.ordinal.consensus.quorum.Incarnation;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a leader knows when it is asked for a change.
 *
 * @param leader the node that leads
 * @param now the configuration in force
 * @param decided everything through this slot is
 * @param standings how far the members are, with the disks that the configuration names
 * @param guests who waits, by node
 */
public record Scene(
    int leader,
    Configuration now,
    long decided,
    Map<Integer, Standing> standings,
    Map<Integer, Waiting> guests) {
  public Scene {
    standings = new TreeMap<>(standings);
    guests = new TreeMap<>(guests);
  }

  /**
   * How far a disk is.
   *
   * @param matched its log equals the leader's through here; -1 if unknown
   * @param ready whether it lives and is within a window of what is decided
   */
  public record Standing(long matched, long applied, long silentTicks, boolean ready) {
    static final Standing UNKNOWN = new Standing(-1, 0, 0, false);
  }

  /** A connected node that the configuration does not name. */
  public record Waiting(Incarnation incarnation, String address, @Nullable Standing standing) {}

  /** How far {@code node} is with the disk {@code incarnation}. */
  Standing standing(int node, Incarnation incarnation) {
    Waiting waiting = guests.get(node);
    Standing standing =
        waiting != null && waiting.incarnation().equals(incarnation)
            ? waiting.standing()
            : standings.get(node);
    return standing == null ? Standing.UNKNOWN : standing;
  }

  /** Whether {@code member} could vote at once. */
  public boolean isReady(Configuration.Member member) {
    boolean isLeader = member.node() == leader && now.names(leader, member.incarnation());
    return isLeader || standing(member.node(), member.incarnation()).ready();
  }
}
