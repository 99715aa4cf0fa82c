package dev.ordinal.scheduler.workload;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The files of the openb trace, for tests that need the real thing. */
final class Openb {
  private Openb() {}

  /** Skips the calling test if the trace is not on this machine. */
  static Path folder() {
    String folder = System.getenv("ORDINAL_OPENB");
    assumeTrue(
        folder != null && Files.isDirectory(Path.of(folder)),
        "skipped: ORDINAL_OPENB does not name a folder with the openb trace");
    return Path.of(folder);
  }

  /** Runs the checker that lies beside the trace; skips the calling test without Python. */
  static CheckerRun check(Path folder, String... arguments)
      throws IOException, InterruptedException {
    assumeTrue(
        Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
            .anyMatch(directory -> Files.isExecutable(Path.of(directory, "python3"))),
        "skipped: no python3 to run check_placement.py");
    List<String> command = new ArrayList<>();
    command.add("python3");
    command.add(folder.resolve("check_placement.py").toString());
    command.addAll(List.of(arguments));
    Process checker = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(checker.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new CheckerRun(checker.waitFor(), output);
  }

  /**
   * @param exitCode 0 if the checker found no violation
   */
  record CheckerRun(int exitCode, String output) {}
}
