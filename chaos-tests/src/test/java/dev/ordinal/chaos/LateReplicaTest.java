package dev.ordinal.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ordinal.client.Key;
import dev.ordinal.client.OrderId;
import dev.ordinal.client.OrdinalClient;
import dev.ordinal.client.ReplicaStatus;
import dev.ordinal.client.Transaction;
import dev.ordinal.client.Value;
import dev.ordinal.local.LocalCluster;
import dev.ordinal.local.ReplicaProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** A replica that was away until the log no longer reached it, under load. */
class LateReplicaTest {
  private static final int NODES = 3;
  private static final int VALUES = 400;
  private static final int VALUE_BYTES = 32 << 10;
  private static final int KILLS = 4;
  private static final long BYTES_BETWEEN_KILLS = 2 << 20;

  /** A state is flushed after half a minute. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final SplittableRandom random = new SplittableRandom(1);

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private Path folder;

  @Test
  void isKilledWhileItFetchesASnapshotAndCatchesUp() throws Exception {
    try (LocalCluster cluster =
            LocalCluster.start(
                Servers.launcher().serving("--log-bytes-max", "1048576", "--snapshot-rate", "3"),
                LocalCluster.Layout.onFreePorts(folder, NODES),
                false);
        OrdinalClient client = OrdinalClient.connect(cluster.addresses())) {
      int late = Servers.awaitLeader(client) % NODES + 1;
      ReplicaProcess victim = cluster.replica(late);
      String address = cluster.addresses().get(late - 1);
      long behind = client.status(address).log().decidedSlot();
      victim.kill();
      fill(client);
      await("the log to be cut").atMost(PATIENCE).until(() -> leaderBase(client) > behind);

      History history = new History();
      try (Workload load = Workload.start(cluster.addresses(), history, random.split())) {
        killWhileItFetches(victim, folder.resolve("node-" + late));
        victim.start();
        OrderId reached = history.lastAcknowledged();
        Servers.awaitOrder(client, address, reached);
        load.finish();
      }
      awaitAgreement(client, address);
      assertThat(client.status(address).log().base()).isGreaterThan(behind);
    } catch (Throwable failure) {
      throw new AssertionError("in " + folder, failure);
    }
  }

  private void fill(OrdinalClient client) {
    for (int i = 0; i < VALUES; i++) {
      byte[] value = new byte[VALUE_BYTES];
      random.nextBytes(value);
      var _ =
          client
              .commit(Transaction.blind().put(Key.of("fill/" + i), Value.of(value)).build())
              .orThrow();
    }
  }

  private static long leaderBase(OrdinalClient client) {
    int leader = Servers.awaitLeader(client);
    return client.status(client.addresses().get(leader - 1)).log().base();
  }

  /** What has come stays: each life goes on where the one before was ended. */
  private static void killWhileItFetches(ReplicaProcess victim, Path dir) {
    for (int kill = 1; kill <= KILLS; kill++) {
      long goal = kill * BYTES_BETWEEN_KILLS;
      victim.start();
      await("%d bytes of a snapshot".formatted(goal))
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(20))
          .until(() -> bytesIn(dir.resolve("incoming").resolve("files")) >= goal);
      victim.kill();
    }
  }

  private static long bytesIn(Path dir) throws IOException {
    if (!Files.exists(dir)) {
      return 0;
    }
    long bytes = 0;
    try (Stream<Path> files = Files.list(dir)) {
      for (Path file : files.toList()) {
        bytes += Files.size(file);
      }
    } catch (NoSuchFileException gone) {
      return bytes; // the replica has just finished with it
    }
    return bytes;
  }

  private static void awaitAgreement(OrdinalClient client, String address) {
    await("equal digests")
        .atMost(PATIENCE)
        .until(() -> {
          int leader = Servers.awaitLeader(client);
          ReplicaStatus there = client.status(client.addresses().get(leader - 1));
          ReplicaStatus here = client.status(address);
          return here.current().equals(there.current()) && here.digest().equals(there.digest());
        });
  }
}
