package dev.ordinal.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ordinal.consensus.core.Replica;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** A seed is a bug report only if it means the same everywhere. */
class ReplayTest {
  private static final long SEEDS = 15;

  @Test
  void twoRunsOfASeedAreTheSame() {
    assertThat(Sweep.run(100, 50, 2, _ -> {}).digest())
        .isEqualTo(Sweep.run(100, 50, 1, _ -> {}).digest());
  }

  @Test
  void anotherJavaMachineWithOtherHashCodesSeesTheSame() throws Exception {
    String digest = "%016x".formatted(Sweep.run(1, SEEDS, 1, _ -> {}).digest());
    assertThat(sweepElsewhere("-XX:TieredStopAtLevel=1", "-XX:hashCode=2"))
        .contains("\"digest\":\"" + digest + "\"");
    assertThat(sweepElsewhere("-Xint", "-XX:+UseParallelGC"))
        .contains("\"digest\":\"" + digest + "\"");
  }

  private static String sweepElsewhere(String... flags) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder();
    builder.command().add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    builder.command().add("-XX:+UnlockExperimentalVMOptions");
    builder.command().addAll(Stream.of(flags).toList());
    builder.command().addAll(Stream.of("-cp", classPath(), SimMain.class.getName()).toList());
    builder.command().addAll(Stream.of("--seeds", "" + SEEDS, "--json").toList());
    Process process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    return out;
  }

  private static String classPath() {
    return Stream.of(Replica.class, SimMain.class, NullMarked.class, CommandLine.class)
        .map(type -> type.getProtectionDomain().getCodeSource().getLocation().getPath())
        .collect(Collectors.joining(File.pathSeparator));
  }

  @Test
  void aReplayPrintsItsTraceAndExitsWithZero() {
    StringWriter out = new StringWriter();
    PrintWriter err = new PrintWriter(new StringWriter());
    int exit = SimMain.execute(new PrintWriter(out), err, "--seed", "3");
    assertThat(exit).isZero();
    assertThat(out.toString()).contains("*** calm", "Heartbeat[", "every invariant held");
  }

  @Test
  void wrongUsageExitsWithTwo() {
    StringWriter err = new StringWriter();
    PrintWriter out = new PrintWriter(new StringWriter());
    assertThat(SimMain.execute(out, new PrintWriter(err), "--seeds", "0")).isEqualTo(2);
    assertThat(err.toString()).contains("must be at least 1", "Usage: ordinal sim");
    assertThat(SimMain.execute(out, new PrintWriter(err), "--no-such-option")).isEqualTo(2);
  }
}
