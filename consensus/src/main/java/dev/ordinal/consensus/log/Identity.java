package dev.ordinal.consensus.log;

import java.util.List;
import java.util.UUID;

/**
 * Who a data directory belongs to, for its whole life. Addresses are not part of it: they may
 * change, and the server's configuration has them.
 *
 * @param clusterId drawn once for the cluster
 * @param historyId drawn anew when a cluster goes on from a restored state
 * @param nodeId one of {@code members}
 * @param incarnation drawn at every format: a node that lost its disk comes back as another
 * @param members the node IDs of the first configuration, ascending
 */
public record Identity(
    UUID clusterId, UUID historyId, int nodeId, UUID incarnation, List<Integer> members) {
  public Identity {
    members = members.stream().sorted().distinct().toList();
    if (!members.contains(nodeId)) {
      throw new IllegalArgumentException(
          "node " + nodeId + " is not one of the cluster's members " + members);
    }
    if (members.getFirst() < 1) {
      throw new IllegalArgumentException("node IDs start at 1, got " + members.getFirst());
    }
  }

  /** A new node of a new cluster's first configuration. */
  public static Identity draw(UUID clusterId, UUID historyId, int nodeId, List<Integer> members) {
    return new Identity(clusterId, historyId, nodeId, UUID.randomUUID(), members);
  }
}
