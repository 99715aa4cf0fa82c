package dev.ordinal.consensus.core;

import dev.ordinal.consensus.quorum.Configuration;
import dev.ordinal.consensus.quorum.Incarnation;
import java.util.List;

/**
 * What a replica believes at one moment: for status pages, and for tests that compare replicas.
 * {@code applied ≤ decided ≤ length}.
 *
 * @param role what it does
 * @param leader the member it follows or, leading, itself; 0 if it knows none
 * @param configuration who votes, as far as it knows
 * @param promised no lower ballot will be promised or accepted
 * @param accepted the ballot of the leader that the tail comes from
 * @param applied everything through this slot is applied
 * @param decided everything through this slot is known to be decided
 * @param heard the most that any member said is decided: how late this replica is
 * @param length the last slot in the log
 * @param verified the log equals that of the leader of {@code accepted} through here; -1 before its
 *     first Sync
 * @param queuedCommands commands that wait to be logged, 0 unless leading
 * @param openGroups writes under way
 * @param peers the other members, learners included, as the leader sees them; empty unless leading
 * @param guests disks that pull what is decided and that the configuration does not name, as the
 *     leader sees them; empty unless leading
 */
public record ReplicaView(
    Role role,
    int leader,
    Configuration configuration,
    Ballot promised,
    Ballot accepted,
    long applied,
    long decided,
    long heard,
    long length,
    long verified,
    int queuedCommands,
    int openGroups,
    List<Peer> peers,
    List<Guest> guests) {
  public ReplicaView {
    peers = List.copyOf(peers);
    guests = List.copyOf(guests);
  }

  /** What a replica does. */
  public enum Role {
    FOLLOWER,
    CANDIDATE,
    LEADER,
    /** Has no vote in its configuration: a learner's disk, or a guest's. */
    LEARNER
  }

  /**
   * A member as the leader sees it.
   *
   * @param member its number
   * @param role what the configuration says of it
   * @param matched its disk equals the leader's log through here, -1 if unknown; of a learner, what
   *     it has decided
   * @param applied what it last said it had applied
   * @param silentTicks how long ago the newest echoed heartbeat was sent, or a learner's report
   *     came
   */
  public record Peer(
      int member, Configuration.Role role, long matched, long applied, long silentTicks) {}

  /** A disk that is in no configuration, and what it last reported. */
  public record Guest(
      int node, Incarnation incarnation, long decided, long applied, long silentTicks) {}
}
