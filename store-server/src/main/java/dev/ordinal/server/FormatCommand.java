package dev.ordinal.server;

import dev.ordinal.server.config.ConfigRefused;
import dev.ordinal.server.config.ServerConfig;
import dev.ordinal.server.wiring.ExitCode;
import dev.ordinal.server.wiring.StoreServer;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.Callable;
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
        new ServerConfig.Node(cluster.dir(), cluster.node(), cluster.cluster(), cluster.members());
    Path aside = StoreServer.rebuildState(node);
    System.out.printf(
        "set the state of node %d aside as %s; its next start makes it again from the log%n",
        node.number(), aside);
    return ExitCode.OK.code();
  }

  private int format() {
    UUID id = cluster.cluster();
    if (id == null) {
      throw new ConfigRefused(
          "--cluster is missing: draw a UUID, say %s, and format every node with it"
              .formatted(UUID.randomUUID()));
    }
    StoreServer.format(
        cluster.dir(), id, cluster.node(), cluster.members().nodes(), cluster.profile());
    System.out.printf(
        "formatted %s for node %d of cluster %s%n", cluster.dir(), cluster.node(), id);
    return ExitCode.OK.code();
  }
}
