package dev.ordinal.server.metrics;

import static dev.ordinal.server.testing.Requests.bytes;
import static dev.ordinal.server.testing.Requests.commit;
import static dev.ordinal.server.testing.Requests.put;
import static dev.ordinal.server.testing.Requests.transaction;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.ordinal.proto.store.v1.Guard;
import dev.ordinal.proto.store.v1.Transaction;
import dev.ordinal.server.net.HostPort;
import dev.ordinal.server.testing.TestCluster;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What two replicas say of themselves over HTTP. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MetricsEndpointTest {
  private static final Path DOCUMENT = Path.of("..", "docs", "metrics.md");
  private static final Pattern ROW =
      Pattern.compile("^\\| `([a-z0-9_]+)` \\| ([a-z]+) \\| ([^|]*) \\|", Pattern.MULTILINE);
  private static final Pattern TYPE =
      Pattern.compile("^# TYPE ([a-z0-9_]+) ([a-z]+)$", Pattern.MULTILINE);
  private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"");

  /** Part of the format, not of the metric. */
  private static final String BUCKET = "le";

  private final HttpClient http = HttpClient.newHttpClient();
  private TestCluster cluster;

  @BeforeAll
  void start(@TempDir Path folder) {
    cluster = TestCluster.start(folder, 2);
  }

  @AfterAll
  void stop() {
    cluster.close();
    http.close();
  }

  @Test
  void theDocumentListsEveryMetricWithItsTypeAndLabelsAndNoOther() throws IOException {
    int leader = cluster.awaitLeader();
    System.gc(); // the JVM counts collections from the first one on
    await().until(() -> get(leader, "/metrics").body().contains("jvm_gc_pause_seconds_count"));
    assertThat(shown(get(leader, "/metrics").body()))
        .isEqualTo(documented(Files.readString(DOCUMENT)));
  }

  @Test
  void whatIsCommittedAndRefusedIsCounted() {
    int leader = cluster.awaitLeader();
    double commits = figure(leader, "ordinal_commits_total");
    double refusals = figure(leader, "ordinal_refusals_total{kind=\"guard_failed\"}");
    double syncs = figure(leader, "ordinal_log_write_seconds_count");
    var _ = cluster.stub(leader).commit(commit(transaction(put("counted", "once"))));
    assertThatThrownBy(() -> cluster.stub(leader).commit(commit(onlyIfAbsent("counted"))))
        .hasMessageContaining("GuardFailed");

    assertThat(figure(leader, "ordinal_commits_total")).isEqualTo(commits + 1);
    assertThat(figure(leader, "ordinal_refusals_total{kind=\"guard_failed\"}"))
        .isEqualTo(refusals + 1);
    assertThat(figure(leader, "ordinal_log_write_seconds_count")).isGreaterThan(syncs);
    assertThat(figure(leader, "ordinal_leader_node")).isEqualTo(leader);
    assertThat(figure(leader, "ordinal_role{role=\"leader\"}")).isEqualTo(1);
    assertThat(figure(leader, "ordinal_rocksdb_memory_bytes{part=\"state\"}")).isPositive();
    int follower = 3 - leader;
    await()
        .until(() -> figure(leader, "ordinal_member_lag_slots{member=\"" + follower + "\"}") == 0);
    assertThat(get(follower, "/metrics").body()).doesNotContain("ordinal_member_lag_slots{");
  }

  @Test
  void aReplicaIsReadyAsLongAsItKnowsALeader() {
    int leader = cluster.awaitLeader();
    int follower = 3 - leader;
    for (int node = 1; node <= 2; node++) {
      int asked = node;
      await().until(() -> get(asked, "/ready").statusCode() == 200);
      assertThat(get(node, "/ready").body()).isEqualTo("ready; node %d leads\n".formatted(leader));
    }
    cluster.stop(follower);
    try {
      await().until(() -> get(leader, "/ready").statusCode() == 503);
      assertThat(get(leader, "/ready").body()).isEqualTo("no leader is known\n");
      assertThat(get(leader, "/health").statusCode()).isEqualTo(200);
    } finally {
      cluster.start(follower);
    }
    await().until(() -> get(follower, "/ready").statusCode() == 200);
  }

  @Test
  void anUnknownPathSaysWhatThereIs() {
    HttpResponse<String> answer = get(1, "/metrics/else");
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).contains("/metrics, /health, /ready");
  }

  /** By name: type and labels. */
  private static Map<String, String> documented(String markdown) {
    Map<String, String> metrics = new TreeMap<>();
    Matcher row = ROW.matcher(markdown);
    while (row.find()) {
      metrics.put(row.group(1), row.group(2) + " " + row.group(3).strip());
    }
    return metrics;
  }

  private static Map<String, String> shown(String page) {
    Map<String, String> metrics = new TreeMap<>();
    Matcher type = TYPE.matcher(page);
    while (type.find()) {
      int end = page.indexOf("# HELP", type.end());
      String samples = page.substring(type.end(), end < 0 ? page.length() : end);
      metrics.put(type.group(1), type.group(2) + " " + labels(samples));
    }
    return metrics;
  }

  private static String labels(String samples) {
    TreeSet<String> labels = new TreeSet<>();
    Matcher label = LABEL.matcher(samples);
    while (label.find()) {
      labels.add(label.group(1));
    }
    labels.remove(BUCKET);
    return labels.isEmpty() ? "–" : String.join(", ", labels);
  }

  /** 0 where it is not shown. */
  private double figure(int node, String sample) {
    return get(node, "/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith(sample + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(sample.length() + 1)))
        .findFirst()
        .orElse(0);
  }

  private HttpResponse<String> get(int node, String path) {
    HostPort address = Objects.requireNonNull(cluster.server(node).metricsAddress());
    HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + address + path)).build();
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private static Transaction.Builder onlyIfAbsent(String key) {
    Transaction.Builder transaction = transaction(put(key, "again"));
    transaction
        .getGroupsBuilder(0)
        .getAlternativesBuilder(0)
        .addGuards(Guard.newBuilder().setKey(bytes(key)).setExists(false));
    return transaction;
  }
}
