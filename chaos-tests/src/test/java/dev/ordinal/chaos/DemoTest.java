package dev.ordinal.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ordinal.cli.OrdinalMain;
import dev.ordinal.local.Launcher;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The demo as a person runs it: a program that starts replicas, kills the leader, and verifies. */
class DemoTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @TempDir private Path folder;

  @Test
  void nothingIsLostWhenTheLeaderIsKilledUnderFourSchedulers() throws Exception {
    JsonNode result =
        demo("--tasks", "800", "--schedulers", "4", "--policy", "fullest-of-8", "--kill-leader");
    assertThat(result.get("verified").asBoolean()).isTrue();
    assertThat(result.get("leaderChanges").asInt()).isPositive();
    assertThat(result.get("placed").asInt() + result.get("unplaced").asInt()).isEqualTo(800);
  }

  @ParameterizedTest
  @CsvSource({"first-fit, 7784", "best-fit, 7669"})
  void oneSchedulerPlacesTheTraceAsTheReferenceDoes(String policy, int placed) throws Exception {
    String variable = System.getenv("ORDINAL_OPENB");
    assumeTrue(variable != null, "skipped: ORDINAL_OPENB does not name the folder of the trace");
    Path trace = Path.of(String.valueOf(variable));
    String nodes = trace.resolve("openb_node_list_all_node.csv").toString();
    String pods = trace.resolve("openb_pod_list_default.csv").toString();
    String placements = folder.resolve("placements.csv").toString();
    JsonNode result =
        demo(
            "--nodes",
            nodes,
            "--pods",
            pods,
            "--schedulers",
            "1",
            "--policy",
            policy,
            "--placements",
            placements);
    assertThat(result.get("verified").asBoolean()).isTrue();
    assertThat(result.get("placed").asInt()).isEqualTo(placed);
    assertThat(result.get("conflicts").asInt()).isZero();
    String checker = trace.resolve("check_placement.py").toString();
    run(
        new ProcessBuilder(
            "python3",
            checker,
            "verify",
            "--nodes",
            nodes,
            "--pods",
            pods,
            "--placements",
            placements));
  }

  private JsonNode demo(String... options) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            Launcher.ofThisJvm(OrdinalMain.class.getName(), List.of("-XX:+UseSerialGC")).words());
    command.addAll(List.of("demo", "--json"));
    command.addAll(List.of(options));
    ProcessBuilder process = new ProcessBuilder(command);
    process.environment().put("ORDINAL_LAUNCHER", launcher().toString());
    return JSON.readTree(run(process));
  }

  /** What the demo starts its replicas with; stands in for the script at the root. */
  private Path launcher() throws IOException {
    String words =
        Servers.launcher().words().stream()
            .map(word -> "'" + word + "'")
            .collect(Collectors.joining(" "));
    Path script = folder.resolve("ordinal");
    Files.writeString(script, "#!/bin/sh\nexec %s \"$@\"\n".formatted(words));
    return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
  }

  /** Standard output of a process that must end with exit code 0. */
  private String run(ProcessBuilder process) throws IOException, InterruptedException {
    Path said = folder.resolve("said");
    Process running = process.redirectError(said.toFile()).start();
    String output = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int code = running.waitFor();
    assertThat(code).as("exit code; it said:%n%s%n%s", output, Files.readString(said)).isZero();
    return output;
  }
}
