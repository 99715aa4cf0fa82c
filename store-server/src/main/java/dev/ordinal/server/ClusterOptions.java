package dev.ordinal.server;

import dev.ordinal.server.config.ConfigRefused;
import dev.ordinal.server.config.Members;
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
      names = "--members",
      required = true,
      showDefaultValue = CommandLine.Help.Visibility.NEVER,
      paramLabel = "N=PEER/CLIENT,...",
      description = "All nodes, each with the host:port for its peers and the one for clients.")
  private String members = "";

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

  Members members() {
    try {
      Members parsed = Members.parse(members);
      Members.Member _ = parsed.member(node);
      return parsed;
    } catch (IllegalArgumentException e) {
      throw new ConfigRefused("members: " + e.getMessage());
    }
  }

  /** Null: not given. */
  @Nullable UUID cluster() {
    return cluster;
  }

  Profile profile() {
    return profile;
  }
}
