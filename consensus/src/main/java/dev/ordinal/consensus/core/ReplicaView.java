package dev.ordinal.consensus.core;

import java.util.List;

/**
 * What a replica believes at one moment: for status pages, and for tests that compare replicas.
 * {@code applied ≤ decided ≤ length}.
 *
 * @param role what it does
 * @param leader the member it follows or, leading, itself; 0 if it knows none
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
 * @param peers the other members as the leader sees them, empty unless leading
 */
public record ReplicaView(
    Role role,
    int leader,
    Ballot promised,
    Ballot accepted,
    long applied,
    long decided,
    long heard,
    long length,
    long verified,
    int queuedCommands,
    int openGroups,
    List<Peer> peers) {
  public ReplicaView {
    peers = List.copyOf(peers);
  }

  /** What a replica does. */
  public enum Role {
    FOLLOWER,
    CANDIDATE,
    LEADER
  }

  /**
   * A member as the leader sees it.
   *
   * @param member its number
   * @param matched its disk equals the leader's log through here, -1 if unknown
   * @param applied what it last said it had applied
   * @param silentTicks how long ago the newest echoed heartbeat was sent
   */
  public record Peer(int member, long matched, long applied, long silentTicks) {}
}
