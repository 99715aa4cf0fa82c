package dev.ordinal.server;

import static dev.ordinal.server.testing.Requests.bytes;
import static dev.ordinal.server.testing.Requests.commit;
import static dev.ordinal.server.testing.Requests.put;
import static dev.ordinal.server.testing.Requests.transaction;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ordinal.proto.store.v1.ReadRequest;
import dev.ordinal.proto.store.v1.StatusReply;
import dev.ordinal.server.config.ServerConfig;
import dev.ordinal.server.testing.TestCluster;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A replica that comes back too late for the log, over real gRPC and RocksDB. */
class SnapshotTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private Path folder;

  @Test
  void aReplicaThatTheLogDoesNotReachGetsASnapshotAndGoesOn() {
    try (TestCluster cluster = TestCluster.start(folder, 3, SnapshotTest::withAShortLog)) {
      int late = cluster.aFollower();
      cluster.stop(late);
      int leader = fillBeyondTheLog(cluster, "before");

      cluster.start(late);

      long order = cluster.status(leader).getCurrentOrder();
      await().atMost(PATIENCE).until(() -> cluster.status(late).getCurrentOrder() >= order);
      StatusReply caughtUp = cluster.status(late);
      assertThat(caughtUp.getLogBase()).isPositive();
      assertThat(caughtUp.getDigest()).isEqualTo(cluster.status(leader).getDigest());
      assertThat(
              cluster
                  .stub(late)
                  .read(ReadRequest.newBuilder().addKeys(bytes("before/7")).build())
                  .getRows(0)
                  .getValue())
          .isEqualTo(bytes("7".repeat(800)));

      int _ = fillBeyondTheLog(cluster, "after");
      cluster.stop(late);
      cluster.start(late);
      long later = cluster.status(cluster.awaitLeader()).getCurrentOrder();
      await().atMost(PATIENCE).until(() -> cluster.status(late).getCurrentOrder() >= later);
    }
  }

  private static ServerConfig withAShortLog(ServerConfig config) {
    ServerConfig.Driving usual = config.driving();
    return new ServerConfig(
        config.node(),
        config.listeners(),
        new ServerConfig.Driving(
            usual.tick(),
            usual.timing(),
            usual.queue(),
            64 << 10,
            usual.snapshotBytesPerSecond(),
            usual.threading()),
        config.profile(),
        config.door());
  }

  /** Writes more than the log keeps, and waits until the leader has cut it. */
  private static int fillBeyondTheLog(TestCluster cluster, String prefix) {
    int leader = cluster.awaitLeader();
    long before = cluster.status(leader).getAppliedSlot();
    for (int i = 0; i < 300; i++) {
      String value = String.valueOf(i).repeat(800 / String.valueOf(i).length());
      var _ = cluster.stub(leader).commit(commit(transaction(put(prefix + "/" + i, value))));
    }
    long _ = cluster.server(leader).replica().journal().flush();
    await().atMost(PATIENCE).until(() -> cluster.status(leader).getLogBase() > before);
    return leader;
  }
}
