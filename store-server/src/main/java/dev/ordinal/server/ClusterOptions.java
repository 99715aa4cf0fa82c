package dev.ordinal.server;

import dev.ordinal.server.config.ConfigRefused;
import dev.ordinal.server.config.Profile;
import java.nio.file.Path;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** Who a node is: the same words for format and server. */
final class ClusterOptions {
  @Option(
      names = "--dir",
      required = true,
      showDefaultValue = CommandLine.Help.Visibility.NEVER,
      paramLabel = "DIR",
      description = "The data directory.")
  private @Nullable Path dir;

  @Option(
      names = "--node",
      required = true,
      showDefaultValue = CommandLine.Help.Visibility.NEVER,
      paramLabel = "N",
      description = "This node's number.")
  private int node;

  @Option(
      names = "--cluster",
      paramLabel = "UUID",
      description = "The cluster's identity, drawn once for all its nodes.")
  private @Nullable UUID cluster;

  @Option(
      names = "--profile",
      defaultValue = "small",
      paramLabel = "small|large",
      description = "Memory: small stays under 512 MiB. Format all nodes alike.")
  private Profile profile = Profile.SMALL;

  Path dir() {
    if (dir == null) {
      throw new ConfigRefused("--dir is missing");
    }
    return dir;
  }

  int node() {
    return node;
  }

  /** Null: not given. */
  @Nullable UUID cluster() {
    return cluster;
  }

  Profile profile() {
    return profile;
  }
}
