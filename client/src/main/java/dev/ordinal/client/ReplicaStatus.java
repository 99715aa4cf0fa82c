package dev.ordinal.client;

import java.util.List;

/**
 * What a replica says about itself.
 *
 * @param leader the node that leads as far as it knows; 0 if it knows none
 * @param leaderAddress host:port of that node; empty if it knows none
 * @param current the last order ID applied
 * @param floor the oldest order ID that can be read at
 * @param digest of the journal, at {@code current} or at the order ID that was asked for
 */
public record ReplicaStatus(
    int node,
    Role role,
    int leader,
    String leaderAddress,
    String ballot,
    long cluster,
    HistoryId history,
    OrderId current,
    OrderId floor,
    Value digest,
    Log log,
    List<Member> members,
    Figures figures) {
  public ReplicaStatus {
    members = List.copyOf(members);
  }

  /** What a replica does in the consensus protocol. */
  public enum Role {
    FOLLOWER,
    CANDIDATE,
    LEADER,
    /** A role that this client is too old to know. */
    UNRECOGNIZED
  }

  /**
   * Slots: the last in this replica's log, the last decided, the last applied; the one behind which
   * the log begins, and about what it takes on the disk.
   */
  public record Log(long length, long decidedSlot, long appliedSlot, long base, long diskBytes) {}

  /** A member of the present configuration. */
  public record Member(int node, String address, String peerAddress) {}

  /**
   * Counts since the process started.
   *
   * @param refused transactions that were in the log
   * @param refusedAtDoor transactions that were refused before
   */
  public record Figures(
      long committed,
      long refused,
      long refusedAtDoor,
      long batches,
      long logSyncs,
      long logBytes,
      long leaderChanges,
      long cpuMicros,
      long residentBytes,
      long uptimeMillis) {}
}
