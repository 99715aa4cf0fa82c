package dev.ordinal.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ordinal.client.Key;
import dev.ordinal.client.OrdinalClient;
import dev.ordinal.client.Outcome;
import dev.ordinal.client.Transaction;
import dev.ordinal.client.Value;
import dev.ordinal.local.LocalCluster;
import dev.ordinal.local.ReplicaProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How long a state takes to a replica that has none of it, and what commits feel of it. Prints
 * figures; {@code -Dordinal.snapshot.mib} is the size of the state (docs/benchmarks.md).
 */
class SnapshotSpeedTest {
  private static final int NODES = 3;
  private static final int MIB = Integer.getInteger("ordinal.snapshot.mib", 48);
  private static final int VALUE_BYTES = 64 << 10;
  private static final int IN_FLIGHT = 32;
  private static final int SAMPLES = 400;
  private static final Duration PATIENCE = Duration.ofMinutes(20);

  private final SplittableRandom random = new SplittableRandom(1);

  @TempDir private Path folder;

  @Test
  void aStateReachesAReplicaThatHasNone() throws Exception {
    try (LocalCluster cluster =
            LocalCluster.start(
                Servers.launcher().serving("--log-bytes-max", "4194304"),
                LocalCluster.Layout.onFreePorts(folder, NODES),
                false);
        OrdinalClient client = OrdinalClient.connect(cluster.addresses())) {
      int late = Servers.awaitLeader(client) % NODES + 1;
      ReplicaProcess victim = cluster.replica(late);
      String address = cluster.addresses().get(late - 1);
      long behind = client.status(address).log().decidedSlot();
      victim.kill();
      fill(client);
      await().atMost(PATIENCE).until(() -> leaderBase(client) > behind);
      List<Long> before = latencies(client, SAMPLES);

      AtomicBoolean installed = new AtomicBoolean();
      victim.start();
      Path incoming = folder.resolve("node-" + late).resolve("incoming");
      await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(5))
          .until(() -> Files.exists(incoming));
      long began = System.nanoTime();
      List<Long> during = new ArrayList<>();
      while (!installed.get()) {
        during.addAll(latencies(client, 5));
        installed.set(!Files.exists(incoming));
      }
      double seconds = (System.nanoTime() - began) / 1e9;
      Servers.awaitOrder(client, address, client.snapshot().order());
      assertThat(client.status(address).log().base()).isGreaterThan(behind);
      System.out.printf(
          "snapshot of %d MiB fetched, verified and installed in %.1f s: %.0f MiB/s;"
              + " commits one at a time: p50 %.1f ms, p99 %.1f ms before;"
              + " p50 %.1f ms, p99 %.1f ms meanwhile (%d commits)%n",
          MIB,
          seconds,
          MIB / seconds,
          millis(before, 50),
          millis(before, 99),
          millis(during, 50),
          millis(during, 99),
          during.size());
    }
  }

  private void fill(OrdinalClient client) throws Exception {
    ArrayDeque<CompletionStage<Outcome>> underWay = new ArrayDeque<>();
    for (int i = 0; i < MIB * ((1 << 20) / VALUE_BYTES); i++) {
      byte[] value = new byte[VALUE_BYTES];
      random.nextBytes(value);
      underWay.add(
          client.commitAsync(
              Transaction.blind().put(Key.of("fill/" + i), Value.of(value)).build()));
      if (underWay.size() >= IN_FLIGHT) {
        var _ = underWay.remove().toCompletableFuture().get().orThrow();
      }
    }
    for (CompletionStage<Outcome> last : underWay) {
      var _ = last.toCompletableFuture().get().orThrow();
    }
  }

  private static List<Long> latencies(OrdinalClient client, int count) {
    List<Long> nanos = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long began = System.nanoTime();
      var _ =
          client
              .commit(Transaction.blind().put(Key.of("small"), Value.of("v" + i)).build())
              .orThrow();
      nanos.add(System.nanoTime() - began);
    }
    return nanos;
  }

  private static double millis(List<Long> nanos, int percentile) {
    List<Long> sorted = nanos.stream().sorted().toList();
    return sorted.get((sorted.size() - 1) * percentile / 100) / 1e6;
  }

  private static long leaderBase(OrdinalClient client) {
    int leader = Servers.awaitLeader(client);
    return client.status(client.addresses().get(leader - 1)).log().base();
  }
}
