package dev.ordinal.local;

import dev.ordinal.local.LocalCluster.Layout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/** Formats the directories of a cluster that is new; leaves one that exists as it is. */
final class Formatting {
  private Formatting() {}

  static void formatNew(Launcher launcher, Layout layout) throws InterruptedException {
    boolean exists =
        IntStream.rangeClosed(1, layout.nodes())
            .anyMatch(node -> Files.exists(layout.directory(node)));
    if (exists) {
      return;
    }
    String cluster = UUID.randomUUID().toString();
    for (int node = 1; node <= layout.nodes(); node++) {
      List<String> arguments = new ArrayList<>(List.of("format", "--cluster", cluster));
      arguments.addAll(layout.arguments(node));
      arguments.addAll(List.of("--members", layout.members()));
      run(launcher.command(arguments));
    }
  }

  /** Makes the directory of a node that joins {@code cluster}. */
  static void formatNewcomer(Launcher launcher, Layout layout, int node, String cluster)
      throws InterruptedException {
    List<String> arguments = new ArrayList<>(List.of("format", "--cluster", cluster, "--join"));
    arguments.addAll(layout.arguments(node));
    run(launcher.command(arguments));
  }

  private static void run(List<String> command) throws InterruptedException {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String output =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      if (process.waitFor() != 0) {
        throw new IllegalStateException(
            "format ended with exit code %d: %s".formatted(process.exitValue(), output));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot run " + command, e);
    }
  }
}
