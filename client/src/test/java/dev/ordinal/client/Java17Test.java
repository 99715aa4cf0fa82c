package dev.ordinal.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program of a user who is still on Java 17. */
class Java17Test {
  private static final Path PROGRAM = Path.of("src/test/resources/java17/UserProgram.java");

  @TempDir private Path work;

  @Test
  void aProgramCompilesAndRunsOnAJdk17() throws IOException, InterruptedException {
    Optional<Path> jdk = jdk17();
    if (jdk.isEmpty()) {
      System.out.println("skipped: no JDK 17 in JAVA17_HOME or /usr/lib/jvm");
    }
    assumeTrue(jdk.isPresent());
    Path bin = jdk.orElseThrow().resolve("bin");
    String classes = System.getProperty("java.class.path");
    run(bin.resolve("javac"), "-cp", classes, "-d", work.toString(), PROGRAM.toString());
    try (ScriptedStore store = new ScriptedStore(new ModelJournal())) {
      String withProgram = work + java.io.File.pathSeparator + classes;
      assertThat(run(bin.resolve("java"), "-cp", withProgram, "UserProgram", store.address()))
          .contains("committed at 1", "read hello", "answer = hello from 17", "greeting = hello");
    }
  }

  /** Runs a program to its end, and returns the lines it wrote. */
  private List<String> run(Path program, String... arguments)
      throws IOException, InterruptedException {
    Path output = work.resolve(program.getFileName() + ".out");
    List<String> command =
        Stream.concat(Stream.of(program.toString()), Stream.of(arguments)).toList();
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    int exit = process.waitFor();
    List<String> lines = Files.readAllLines(output, StandardCharsets.UTF_8);
    assertThat(exit).as("exit code of %s, which wrote %s", command, lines).isZero();
    return lines;
  }

  private static Optional<Path> jdk17() throws IOException {
    String named = System.getenv("JAVA17_HOME");
    Path installed = Path.of("/usr/lib/jvm");
    if (named != null) {
      return Optional.of(Path.of(named)).filter(Java17Test::isJdk);
    }
    if (!Files.isDirectory(installed)) {
      return Optional.empty();
    }
    try (Stream<Path> homes = Files.list(installed)) {
      return homes
          .filter(home -> String.valueOf(home.getFileName()).contains("17"))
          .filter(Java17Test::isJdk)
          .sorted()
          .findFirst();
    }
  }

  private static boolean isJdk(Path home) {
    return Files.isExecutable(home.resolve("bin/javac"))
        && Files.isExecutable(home.resolve("bin/java"));
  }
}
