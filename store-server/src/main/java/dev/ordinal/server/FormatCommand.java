package dev.ordinal.server;

import dev.ordinal.server.config.ConfigRefused;
import dev.ordinal.server.wiring.ExitCode;
import dev.ordinal.server.wiring.StoreServer;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

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

  @Override
  public Integer call() {
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
