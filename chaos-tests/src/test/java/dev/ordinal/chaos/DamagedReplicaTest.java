package dev.ordinal.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.ordinal.client.Key;
import dev.ordinal.client.KeyRange;
import dev.ordinal.client.OrderId;
import dev.ordinal.client.OrdinalClient;
import dev.ordinal.client.Transaction;
import dev.ordinal.client.Value;
import dev.ordinal.local.LocalCluster;
import dev.ordinal.local.ReplicaProcess;
import dev.ordinal.local.Supervisor;
import dev.ordinal.server.ServerMain;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A replica whose disk fails it ends and says why; the others go on without it. */
class DamagedReplicaTest {
  private static final int DAMAGED = 15;
  private static final int STATE_DAMAGED = 17;
  private static final int STORAGE = 74;
  private static final Path PRLIMIT = Path.of("/usr/bin/prlimit");
  private static final int WRITES_MAX = 10_000;
  private static final String MARKED = "the value whose bytes will change";

  @TempDir private Path folder;

  @Test
  void aReplicaWithACorruptRecordEndsAndTheOthersLoseNothing() throws Exception {
    try (LocalCluster cluster = Servers.start(folder);
        OrdinalClient client = OrdinalClient.connect(cluster.addresses())) {
      put(client, "a", MARKED);
      OrderId last = put(client, "b", "after it");
      int follower = aFollower(cluster, client);
      Servers.awaitOrder(client, cluster.addresses().get(follower - 1), last);
      ReplicaProcess victim = cluster.replica(follower);
      victim.kill();
      corrupt(folder.resolve("node-" + follower).resolve("log"));

      victim.start();
      assertThat(victim.onExit().get(1, TimeUnit.MINUTES)).isEqualTo(DAMAGED);
      assertThat(Files.readString(victim.output()))
          .contains("node-" + follower)
          .contains("is damaged");

      put(client, "c", "without it");
      try (Stream<String> keys =
          client.snapshot().scan(KeyRange.all()).map(row -> row.key().text())) {
        assertThat(keys).containsExactly("a", "b", "c");
      }
    }
  }

  @Test
  void aReplicaWithADamagedStateEndsAndComesBackFromItsLog() throws Exception {
    try (LocalCluster cluster = Servers.start(folder);
        OrdinalClient client = OrdinalClient.connect(cluster.addresses())) {
      OrderId last = put(client, "a", "1");
      int follower = aFollower(cluster, client);
      String address = cluster.addresses().get(follower - 1);
      Servers.awaitOrder(client, address, last);
      ReplicaProcess victim = cluster.replica(follower);
      victim.stop();
      Path dir = folder.resolve("node-" + follower);
      Files.delete(dir.resolve("state").resolve("CURRENT"));

      victim.start();
      assertThat(victim.onExit().get(1, TimeUnit.MINUTES)).isEqualTo(STATE_DAMAGED);
      String said = Files.readString(victim.output());
      assertThat(said).contains("the state in " + dir.resolve("state") + " is missing");

      doAsAdvised(said);
      OrderId later = put(client, "b", "2");
      victim.start();
      Servers.awaitOrder(client, address, later);
      Agreement.check(client, later);
    }
  }

  /** As on a disk without room: the system refuses to let a file grow. */
  @Test
  void aReplicaWhoseDiskIsFullEndsAndIsStartedAgainWhenThereIsRoom() throws Exception {
    assumeThat(PRLIMIT).as("without prlimit no disk can be made to look full").exists();
    List<String> told = new CopyOnWriteArrayList<>();
    try (LocalCluster cluster = Servers.start(folder);
        Supervisor supervisor = new Supervisor(told::add);
        OrdinalClient client = OrdinalClient.connect(cluster.addresses())) {
      put(client, "a", "1");
      ReplicaProcess victim = cluster.replica(aFollower(cluster, client));
      supervisor.watch(victim);
      CompletableFuture<Integer> end = victim.onExit();
      fillDisk(victim);
      for (int i = 0; !end.isDone() && i < WRITES_MAX; i++) {
        put(client, "k" + i, "v");
      }
      assertThat(end.get(1, TimeUnit.MINUTES)).isEqualTo(STORAGE);
      assertThat(Files.readString(victim.output()))
          .containsPattern("of the log in .*node-%d.*: File too large".formatted(victim.node()));

      OrderId later = put(client, "b", "2");
      Servers.awaitOrder(client, cluster.addresses().get(victim.node() - 1), later);
      Agreement.check(client, later);
      assertThat(told.getFirst()).contains("ended with exit code 74, starts again");
    }
  }

  /** Runs the command that the replica has named. */
  private static void doAsAdvised(String said) throws Exception {
    Matcher advice = Pattern.compile("run 'ordinal (format --rebuild-state [^']*)'").matcher(said);
    assertThat(advice.find()).as(said).isTrue();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(ServerMain.class.getName());
    command.addAll(List.of(advice.group(1).split(" ")));
    run(command);
  }

  private static void fillDisk(ReplicaProcess victim) throws Exception {
    run(List.of(PRLIMIT.toString(), "--pid", Long.toString(victim.pid()), "--fsize=4096"));
  }

  private static void run(List<String> command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
  }

  private static int aFollower(LocalCluster cluster, OrdinalClient client) {
    return Servers.awaitLeader(client) % cluster.replicas().size() + 1;
  }

  private static OrderId put(OrdinalClient client, String key, String value) {
    Transaction put = Transaction.blind().put(Key.of(key), Value.of(value)).build();
    return client.commit(put).orThrow().order();
  }

  /** Changes one byte of the marked value, wherever it lies. */
  private static void corrupt(Path log) throws IOException {
    List<Path> files;
    try (Stream<Path> found = Files.walk(log)) {
      files = found.filter(Files::isRegularFile).toList();
    }
    int changed = 0;
    for (Path file : files) {
      byte[] bytes = Files.readAllBytes(file);
      int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf(MARKED);
      if (at >= 0) {
        bytes[at] ^= 1;
        Files.write(file, bytes);
        changed++;
      }
    }
    assertThat(changed).as("files of %s with the value", log).isPositive();
  }
}
