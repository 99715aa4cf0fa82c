package dev.ordinal.server.peer;

import dev.ordinal.proto.peer.v1.Hello;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who a replica is to its peers. Messages are exchanged only between members of one configuration
 * of one history of one cluster.
 *
 * @param cluster chosen at random when the cluster was formatted
 * @param history the line of order IDs that the cluster is in
 * @param configuration the number of the configuration, from 1
 * @param node this replica's number in it
 * @param disk what it remembers its votes with
 */
public record PeerIdentity(UUID cluster, UUID history, long configuration, int node, Disk disk) {
  /** The version of {@code peer.proto} that is spoken here. */
  private static final int VERSION = 3;

  /**
   * The disk of a node.
   *
   * @param incarnation drawn when it was formatted
   * @param boot how often it was started
   */
  public record Disk(UUID incarnation, long boot) {}

  Hello hello(int to, Lane lane) {
    return hello(to, lane.wire());
  }

  /** For whole states, which travel on a connection of their own. */
  public Hello bulkHello(int to) {
    return hello(to, Hello.Lane.BULK);
  }

  private Hello hello(int to, Hello.Lane lane) {
    return Hello.newBuilder()
        .setVersionLow(VERSION)
        .setVersionHigh(VERSION)
        .setCluster(cluster.toString())
        .setHistory(history.toString())
        .setConfiguration(configuration)
        .setNode(node)
        .setTo(to)
        .setLane(lane)
        .setIncarnation(disk.incarnation().toString())
        .setBoot(disk.boot())
        .build();
  }

  /** Why nothing can be talked about with the sender of {@code hello}; null if all is well. */
  @Nullable String refusalOf(Hello hello) {
    String strangeness = strangeness(hello);
    if (strangeness != null) {
      return strangeness;
    }
    return hello.getConfiguration() == configuration
        ? null
        : "is in configuration %d, node %d in configuration %d"
            .formatted(hello.getConfiguration(), node, configuration);
  }

  /** As {@link #refusalOf}, for what may be talked about across configurations. */
  public @Nullable String strangeness(Hello hello) {
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
    if (hello.getTo() != node) {
      return "looks for node %d, this is node %d: check the members' addresses"
          .formatted(hello.getTo(), node);
    }
    return null;
  }
}
