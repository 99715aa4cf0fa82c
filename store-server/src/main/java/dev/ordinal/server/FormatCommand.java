package dev.ordinal.server;

import dev.ordinal.server.config.ConfigRefused;
import dev.ordinal.server.config.Members;
import dev.ordinal.server.config.ServerConfig;
import dev.ordinal.server.net.NodeAddress;
import dev.ordinal.server.wiring.ExitCode;
import dev.ordinal.server.wiring.StoreServer;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Makes the data directory of a new node. */
@Command(
    name = "format",
    description = {
      "Makes the data directory of a new node, once in its life.",
      "A server never does this by itself: a node that lost its disk would forget its votes."
    },
    mixinStandardHelpOptions = true)
final class FormatCommand implements Callable<Integer> {
  @Mixin private ClusterOptions cluster = new ClusterOptions();

  @Option(
      names = "--members",
      paramLabel = "N=PEER/CLIENT,...",
      description = {
        "The first members of a new cluster, each with the host:port for its peers and the one for",
        "clients. Format all of them with the same."
      })
  private @Nullable String members;

  @Option(
      names = "--join",
      description = {
        "Instead of --members: the node joins a cluster that is there, under a number that is",
        "free, or that of the node whose lost disk it replaces."
      })
  private boolean join;

  @Option(
      names = "--rebuild-state",
      description = {
        "Formats nothing: puts an empty state in the place of a damaged one.",
        "The next start fills it from the log, which must be whole."
      })
  private boolean rebuildState;

  @Override
  public Integer call() {
    return rebuildState ? rebuild() : format();
  }

  private int rebuild() {
    ServerConfig.Node node =
        new ServerConfig.Node(cluster.dir(), cluster.node(), cluster.cluster());
    Path aside = StoreServer.rebuildState(node);
    System.out.printf(
        "set the state of node %d aside as %s; its next start makes it again from the log%n",
        node.number(), aside);
    return ExitCode.OK.code();
  }

  private int format() {
    if (join && members != null) {
      throw new ConfigRefused(
          "--members and --join exclude each other: a node that joins learns"
              + " the members from the others");
    }
    UUID id = cluster.cluster();
    if (id == null) {
      throw new ConfigRefused(
          "--cluster is missing: draw a UUID, say %s, and format every node with it"
              .formatted(UUID.randomUUID()));
    }
    if (join) {
      StoreServer.formatNewcomer(cluster.dir(), id, cluster.node(), cluster.profile());
    } else {
      StoreServer.format(cluster.dir(), id, cluster.node(), founders(), cluster.profile());
    }
    System.out.printf(
        "formatted %s for node %d of cluster %s%n", cluster.dir(), cluster.node(), id);
    return ExitCode.OK.code();
  }

  private Members founders() {
    if (members == null) {
      throw new ConfigRefused(
          "--members is missing: name the first members of a new cluster, or say --join if this"
              + " node joins one that is there");
    }
    try {
      Members parsed = Members.parse(members);
      NodeAddress _ = parsed.member(cluster.node());
      return parsed;
    } catch (IllegalArgumentException e) {
      throw new ConfigRefused("members: " + e.getMessage());
    }
  }
}
