package dev.ordinal.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ordinal.cli.OrdinalMain;
import dev.ordinal.local.LocalCluster;
import dev.ordinal.local.Ports;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What programs may rely on when they run the command: exit codes and JSON, as docs/cli.md says.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class VerbsTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private static final Pattern EXAMPLE = Pattern.compile("```json\n(.*?)```", Pattern.DOTALL);

  private static final int OK = 0;
  private static final int REFUSED = 1;
  private static final int USAGE = 2;
  private static final int UNAVAILABLE = 3;
  private static final int NOT_FOUND = 4;
  private static final int OUT_OF_RANGE = 7;

  @TempDir private static Path folder;
  private LocalCluster cluster;

  @BeforeAll
  void start() throws InterruptedException {
    cluster = Servers.start(folder.resolve("cluster"));
  }

  @AfterAll
  void stop() {
    cluster.close();
  }

  @Test
  void whatIsPutCanBeReadUntilItIsDeleted() {
    long put = ran(OK, "put", "life/a", "one").json().get("order").asLong();
    JsonNode read = ran(OK, "get", "life/a").json();
    assertThat(read.get("order").asLong()).isGreaterThanOrEqualTo(put);
    JsonNode row = read.get("rows").get(0);
    assertThat(row.get("key").get("text").asString()).isEqualTo("life/a");
    assertThat(row.get("value").get("text").asString()).isEqualTo("one");
    assertThat(row.get("modifiedAt").asLong()).isEqualTo(put);

    ran(OK, "delete", "life/a");
    JsonNode missing = ran(NOT_FOUND, "get", "life/a").json().get("missing");
    assertThat(missing.get(0).asString()).isEqualTo("life/a");
    assertThat(ran(OK, "get", "life/a", "--at", Long.toString(put)).json().get("rows")).hasSize(1);
  }

  @Test
  void aScanShowsItsRangeAndWhetherThereIsMore() {
    ran(OK, "put", "scan/a", "1");
    ran(OK, "put", "scan/b", "2");
    ran(OK, "put", "scan/c", "3");
    JsonNode all = ran(OK, "scan", "--prefix", "scan/").json();
    assertThat(all.get("rows")).hasSize(3);
    assertThat(all.get("more").asBoolean()).isFalse();
    JsonNode some = ran(OK, "scan", "scan/a", "scan/c", "--limit", "1").json();
    assertThat(some.get("rows")).hasSize(1);
    assertThat(some.get("more").asBoolean()).isTrue();
    ran(OK, "delete", "--prefix", "scan/");
    assertThat(ran(OK, "scan", "--prefix", "scan/").json().get("rows")).isEmpty();
  }

  @Test
  void aRefusedTransactionSaysWhatStoodInTheWay() {
    long first = ran(OK, "put", "race/a", "1").json().get("order").asLong();
    long second = ran(OK, "put", "race/a", "2").json().get("order").asLong();
    JsonNode lost =
        ran(REFUSED, "put", "race/a", "3", "--if-unchanged-since", Long.toString(first)).json();
    assertThat(lost.get("outcome").asString()).isEqualTo("refused");
    JsonNode refusal = lost.get("groups").get(0).get("refusal");
    assertThat(refusal.get("kind").asString()).isEqualTo("write");
    assertThat(refusal.get("what").asString()).isEqualTo("race/a");
    assertThat(refusal.get("order").asLong()).isEqualTo(second);
    ran(OUT_OF_RANGE, "put", "race/a", "4", "--if-unchanged-since", "1000000");
    ran(REFUSED, "put", "race/a", "4", "--if-absent");
    ran(REFUSED, "delete", "race/b", "--if-exists");
  }

  @Test
  void aTransactionFileTakesTheFirstAlternativeThatPasses() throws IOException {
    transaction(
        OK,
        """
        {"groups": [{"operations": [
          {"key": "txn/n1", "createCounter": {"value": 1, "low": 0, "high": 8}},
          {"key": "txn/n2", "createCounter": {"value": 8, "low": 0, "high": 8}}]}]}
        """);
    String place =
        """
        {"groups": [{"alternatives": [
          {"operations": [{"key": "txn/n1", "add": -4}]},
          {"operations": [{"key": "txn/n2", "add": -4}]}]}]}
        """;
    JsonNode placed = transaction(OK, place).json();
    assertThat(placed.get("groups").get(0).get("alternative").asInt()).isEqualTo(1);
    transaction(OK, place);
    JsonNode refusal = transaction(REFUSED, place).json().get("groups").get(0).get("refusal");
    assertThat(refusal.get("kind").asString()).isEqualTo("bound");
    assertThat(refusal.get("shortfall").asLong()).isEqualTo(4);
  }

  /** The second reads at the order ID of the first, 1 on a store that is new. */
  @Test
  void theExamplesOfTheDocumentCommit() throws IOException {
    Matcher example = EXAMPLE.matcher(Files.readString(Path.of("..", "docs", "cli.md")));
    assertThat(example.find()).isTrue();
    long first = transaction(OK, example.group(1)).json().get("order").asLong();
    assertThat(example.find()).isTrue();
    String second = example.group(1);
    assertThat(second).contains("\"readOrder\": 1,");
    transaction(OK, second.replace("\"readOrder\": 1,", "\"readOrder\": " + first + ","));
  }

  @Test
  void aFileThatIsNoTransactionIsAUsageErrorThatSaysWhere() throws IOException {
    assertThat(transaction(USAGE, "{\"groups\": [").said()).contains("not a transaction");
    assertThat(transaction(USAGE, "{\"grops\": []}").said()).contains("grops");
    assertThat(ran(USAGE, "txn", folder.resolve("nowhere").toString()).said()).contains("nowhere");
  }

  @Test
  void anOrderIdBeyondTheHeadIsNamedWithTheHead() {
    long head = ran(OK, "put", "beyond/a", "1").json().get("order").asLong();
    assertThat(head).isLessThan(1_000_000);
    assertThat(ran(OUT_OF_RANGE, "get", "beyond/a", "--at", "1000000").said())
        .contains("order ID 1000000 has not been reached")
        .containsPattern("the last one is \\d+, and 0 to \\d+ can be read");
    assertThat(ran(OUT_OF_RANGE, "watch", "--after", "1000000", "--count", "1").said())
        .contains("order ID 1000000 has not been reached");
  }

  @Test
  void watchAndJournalShowWhatWasCommitted() {
    long order = ran(OK, "put", "watch/a", "seen").json().get("order").asLong();
    String after = Long.toString(order - 1);
    JsonNode watched = ran(OK, "watch", "watch/", "--after", after, "--count", "1").json();
    assertThat(watched.get("order").asLong()).isEqualTo(order);
    JsonNode change = watched.get("changes").get(0);
    assertThat(change.get("value").get("text").asString()).isEqualTo("seen");

    JsonNode logged = ran(OK, "journal", "--after", after, "--count", "1").json();
    assertThat(logged).isEqualTo(watched);
    assertThat(logged.get("digest").asString()).hasSize(64);
    assertThat(logged.get("slot").asLong()).isPositive();
  }

  @Test
  void theFloorStopsAtAHoldAndReadsBelowItSayWhatIsRetained() {
    String old = Long.toString(ran(OK, "put", "floor/a", "1").json().get("order").asLong());
    String held = Long.toString(ran(OK, "put", "floor/a", "2").json().get("order").asLong());
    String last = Long.toString(ran(OK, "put", "floor/a", "3").json().get("order").asLong());
    ran(OK, "journal", "hold", "backup", "--at", held);
    assertThat(ran(OK, "journal", "floor", "--set", last).said()).contains("the floor is " + held);
    await().until(() -> floors().stream().allMatch(held::equals));
    assertThat(ran(OUT_OF_RANGE, "get", "floor/a", "--at", old).said())
        .contains("order ID " + old + " is no longer retained: " + held + " to");
    ran(OUT_OF_RANGE, "watch", "--after", old, "--count", "1");
    ran(OUT_OF_RANGE, "journal", "hold", "other", "--at", old);

    JsonNode set = ran(OK, "journal", "retention", "--orders", "1000000").json().get(0);
    assertThat(set.get("holds").get(0).get("name").asString()).isEqualTo("backup");
    ran(OK, "journal", "release", "backup");
    ran(OK, "journal", "floor", "--set", last);
    await().until(() -> floors().stream().allMatch(last::equals));
  }

  private List<String> floors() {
    return ran(OK, "journal", "floor").json().findValuesAsString("floor");
  }

  @Test
  void statusShowsEveryReplicaAndOneLeader() {
    JsonNode replicas = ran(OK, "status").json();
    assertThat(replicas.findValuesAsString("node")).containsExactly("1", "2", "3");
    assertThat(replicas.findValuesAsString("role")).containsOnlyOnce("leader");
    assertThat(replicas.get(0).get("digest").asString()).hasSize(64);
  }

  @Test
  void argumentsThatMakeNoSenseAreUsageErrors() {
    assertThat(ran(USAGE, "get", "a", "--colour", "red").said()).contains("--colour");
    assertThat(ran(USAGE, "paint").said()).contains("paint");
    assertThat(ran(USAGE, "put", "a").said()).contains("VALUE");
    assertThat(ran(USAGE, "scan", "b", "a").said()).contains("start b, end a");
    assertThat(ran(USAGE, "get", "k".repeat(5_000)).said()).contains("4096").contains("5000");
  }

  @Test
  void withoutAReplicaNothingIsChanged() {
    String nobody = "127.0.0.1:" + Ports.free(1).getFirst();
    assertThat(ran(UNAVAILABLE, nobody, List.of("get", "a", "--timeout", "1")).said())
        .contains(nobody)
        .contains("'./ordinal up' starts a store", "ORDINAL_ADDRESSES");
    JsonNode put = ran(UNAVAILABLE, nobody, List.of("put", "a", "1", "--timeout", "1")).json();
    assertThat(put.get("outcome").asString()).isEqualTo("not-accepted");
    JsonNode status = ran(UNAVAILABLE, nobody, List.of("status", "--timeout", "1")).json();
    assertThat(status.get(0).has("problem")).isTrue();
  }

  private Ran transaction(int expected, String text) throws IOException {
    Path file = Files.writeString(folder.resolve("transaction.json"), text);
    return ran(expected, "txn", file.toString());
  }

  private Ran ran(int expected, String... words) {
    return ran(expected, String.join(",", cluster.addresses()), List.of(words));
  }

  private static Ran ran(int expected, String addresses, List<String> words) {
    List<String> arguments = new ArrayList<>(words);
    arguments.addAll(List.of("--json", "--addresses", addresses));
    PrintStream standardOutput = System.out;
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    StringWriter said = new StringWriter();
    System.setOut(new PrintStream(output, true, StandardCharsets.UTF_8));
    try {
      CommandLine line = OrdinalMain.commandLine().setErr(new PrintWriter(said, true));
      int code = line.execute(arguments.toArray(String[]::new));
      Ran ran = new Ran(output.toString(StandardCharsets.UTF_8), said.toString());
      assertThat(code).as("exit code of %s: %s", words, ran).isEqualTo(expected);
      return ran;
    } finally {
      System.setOut(standardOutput);
    }
  }

  /** What a verb printed, and what it said beside it. */
  private record Ran(String output, String said) {
    JsonNode json() {
      return JSON.readTree(output);
    }
  }
}
