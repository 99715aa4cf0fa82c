package dev.ordinal.server.peer;

import dev.ordinal.consensus.quorum.Incarnation;
import dev.ordinal.proto.peer.v1.Hello;
import dev.ordinal.proto.peer.v1.Known;
import dev.ordinal.server.net.NodeAddress;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who a replica is to its peers. Messages are exchanged only within one history of one cluster;
 * whether a peer is a member there is for consensus.
 *
 * @param cluster chosen at random when the cluster was formatted
 * @param history the line of order IDs that the cluster is in
 * @param node this replica's number
 * @param disk what it remembers its votes with
 * @param address where it is found
 */
public record PeerIdentity(UUID cluster, UUID history, int node, Disk disk, NodeAddress address) {
  /** The version of {@code peer.proto} that is spoken here. */
  private static final int VERSION = 5;

  /** Stands for whoever listens at an address. */
  static final int ANYBODY = 0;

  /**
   * The disk of a node.
   *
   * @param incarnation drawn when it was formatted
   * @param boot how often it was started
   * @param profile what its state was formatted with: verdicts depend on it
   */
  public record Disk(UUID incarnation, long boot, String profile) {
    Incarnation asConfigured() {
      return new Incarnation(
          incarnation.getMostSignificantBits(), incarnation.getLeastSignificantBits());
    }
  }

  /** The disk of the sender of {@code hello}. */
  static Incarnation disk(Hello hello) {
    return new Incarnation(hello.getIncarnationHigh(), hello.getIncarnationLow());
  }

  /** To {@code to}, or to {@link #ANYBODY}. */
  Hello hello(int to, Lane lane) {
    Incarnation incarnation = disk.asConfigured();
    return Hello.newBuilder()
        .setVersionLow(VERSION)
        .setVersionHigh(VERSION)
        .setCluster(cluster.toString())
        .setHistory(history.toString())
        .setNode(node)
        .setTo(to)
        .setLane(lane.wire())
        .setIncarnationHigh(incarnation.high())
        .setIncarnationLow(incarnation.low())
        .setBoot(disk.boot())
        .setProfile(disk.profile())
        .setAddress(address.toString())
        .build();
  }

  /** The answer to a hello of {@code to}, with what is {@code known} of the members. */
  Hello answer(int to, List<Known> known) {
    return hello(to, Lane.CONTROL).toBuilder().addAllKnown(known).build();
  }

  /** Why nothing can be talked about with the sender of {@code hello}; null if all is well. */
  @Nullable String refusalOf(Hello hello) {
    if (hello.getVersionLow() > VERSION || hello.getVersionHigh() < VERSION) {
      return "speaks peer protocol %d to %d, node %d speaks %d"
          .formatted(hello.getVersionLow(), hello.getVersionHigh(), node, VERSION);
    }
    if (!hello.getCluster().equals(cluster.toString())) {
      return "belongs to cluster %s, node %d to cluster %s"
          .formatted(hello.getCluster(), node, cluster);
    }
    if (!hello.getHistory().equals(history.toString())) {
      return "is in history %s, node %d in history %s".formatted(hello.getHistory(), node, history);
    }
    if (!hello.getProfile().equals(disk.profile())) {
      return "was formatted with profile %s, node %d with profile %s: format it like the others"
          .formatted(hello.getProfile(), node, disk.profile());
    }
    if (hello.getTo() != node && hello.getTo() != ANYBODY) {
      return "looks for node %d, this is node %d: check the members' addresses"
          .formatted(hello.getTo(), node);
    }
    return null;
  }
}
