package dev.ordinal.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ordinal.client.Key;
import dev.ordinal.client.KeyRange;
import dev.ordinal.client.OrderId;
import dev.ordinal.client.OrdinalClient;
import dev.ordinal.client.Transaction;
import dev.ordinal.client.Value;
import dev.ordinal.local.LocalCluster;
import dev.ordinal.local.ReplicaProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A replica whose disk forgot something must not vote again; the others go on without it. */
class DamagedReplicaTest {
  private static final int DAMAGED = 15;
  private static final String MARKED = "the value whose bytes will change";

  @TempDir private Path folder;

  @Test
  void aReplicaWithACorruptRecordEndsAndTheOthersLoseNothing() throws Exception {
    try (LocalCluster cluster = Servers.start(folder);
        OrdinalClient client = OrdinalClient.connect(cluster.addresses())) {
      put(client, "a", MARKED);
      OrderId last = put(client, "b", "after it");
      int follower = Servers.awaitLeader(client) % cluster.replicas().size() + 1;
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
