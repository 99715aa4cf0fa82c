package dev.ordinal.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ordinal.server.testing.TestCluster;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class BenchMainTest {
  @ParameterizedTest
  @ValueSource(strings = {"--streamed", "--unary"})
  void aStoreThatRunsIsMeasured(String path, @TempDir Path folder) {
    try (TestCluster store = TestCluster.start(folder, 3)) {
      StringWriter out = new StringWriter();
      CommandLine bench = BenchMain.commandLine().setOut(new PrintWriter(out));

      int exit =
          bench.execute(
              path,
              "--json",
              "--in-flight=8",
              "--warm-up=1",
              "--seconds=1",
              "--addresses=" + String.join(",", store.addresses()));

      assertThat(exit).isZero();
      JsonNode report = JsonMapper.builder().build().readTree(out.toString());
      assertThat(report.path("load").path("path").asString()).isEqualTo(path.substring(2));
      assertThat(report.path("commits").asLong()).isPositive();
      assertThat(report.path("unexpected").size()).isZero();
      assertThat(report.path("replicas").size()).isEqualTo(3);
      for (JsonNode replica : report.path("replicas")) {
        assertThat(replica.path("syncs").asLong()).as("syncs of %s", replica).isPositive();
        assertThat(replica.path("logBytesPerCommit").asDouble()).isGreaterThan(256);
      }
    }
  }
}
