package dev.ordinal.consensus.log;

import dev.ordinal.consensus.quorum.Configuration;
import dev.ordinal.consensus.quorum.Incarnation;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.IntFunction;

/**
 * Who a data directory belongs to, for its whole life. Addresses are not part of it: they may
 * change, and the configuration in the log has them.
 *
 * @param clusterId drawn once for the cluster
 * @param historyId drawn anew when a cluster goes on from a restored state
 * @param nodeId one of {@code members}
 * @param incarnation which disk of the node this is: one that lost its disk comes back as another
 * @param members the node IDs of the first configuration, ascending; none if the node joins later
 */
public record Identity(
    UUID clusterId, UUID historyId, int nodeId, UUID incarnation, List<Integer> members) {
  public Identity {
    members = members.stream().sorted().distinct().toList();
    if (!members.isEmpty() && !members.contains(nodeId)) {
      throw new IllegalArgumentException(
          "node " + nodeId + " is not one of the cluster's members " + members);
    }
    if (nodeId < 1 || (!members.isEmpty() && members.getFirst() < 1)) {
      throw new IllegalArgumentException(
          "node IDs start at 1, got node %d and members %s".formatted(nodeId, members));
    }
  }

  /**
   * A member of a new cluster's first configuration. Founders are formatted one by one and must
   * know each other's disks: so these follow from cluster and node.
   */
  public static Identity founder(
      UUID clusterId, UUID historyId, int nodeId, List<Integer> members) {
    return new Identity(clusterId, historyId, nodeId, foundingDisk(clusterId, nodeId), members);
  }

  /** A node that joins a cluster, or comes back to it, with a disk that nobody has seen before. */
  public static Identity newcomer(UUID clusterId, UUID historyId, int nodeId) {
    return new Identity(clusterId, historyId, nodeId, UUID.randomUUID(), List.of());
  }

  private static UUID foundingDisk(UUID clusterId, int nodeId) {
    String name = "the first disk of node %d in cluster %s".formatted(nodeId, clusterId);
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
  }

  /** The incarnation as configurations name it. */
  public Incarnation disk() {
    return disk(incarnation);
  }

  private static Incarnation disk(UUID incarnation) {
    return new Incarnation(
        incarnation.getMostSignificantBits(), incarnation.getLeastSignificantBits());
  }

  /**
   * The configuration that the log of this directory begins with: all founders vote, by majority;
   * {@link Configuration#NONE} for a newcomer.
   *
   * @param addresses where each founder is found, for the transport
   */
  public Configuration firstConfiguration(IntFunction<String> addresses) {
    if (members.isEmpty()) {
      return Configuration.NONE;
    }
    List<Configuration.Member> founders = new ArrayList<>();
    for (int node : members) {
      Incarnation founding = disk(foundingDisk(clusterId, node));
      String address = addresses.apply(node);
      founders.add(new Configuration.Member(node, Configuration.Role.VOTER, 0, founding, address));
    }
    return Configuration.ofMajorities(1, 0, founders);
  }
}
