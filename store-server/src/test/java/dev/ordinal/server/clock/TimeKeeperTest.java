package dev.ordinal.server.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ordinal.journal.state.Clock;
import dev.ordinal.proto.store.v1.CommitReply;
import dev.ordinal.server.testing.Requests;
import dev.ordinal.server.testing.TestCluster;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Replicated time with real replicas. */
final class TimeKeeperTest {
  @TempDir Path folder;

  @Test
  void everyReplicaHasTheTimeOfTheLeaderAndTheNextLeaderGrantsGrace() {
    try (TestCluster cluster = TestCluster.start(folder, 3)) {
      int first = cluster.awaitLeader();
      commit(cluster, first, "a");
      cluster.members().nodes().forEach(node -> awaitClockAfter(cluster, node, 0));
      long before = clock(cluster, first).millis();

      cluster.stop(first);
      int second = cluster.awaitLeader();
      commit(cluster, second, "b");

      awaitClockAfter(cluster, second, before);
      Clock after = clock(cluster, second);
      assertThat(after.graceUntil()).isGreaterThan(before + Pace.DEFAULT.grace().toMillis());
    }
  }

  private static void commit(TestCluster cluster, int leader, String key) {
    CommitReply reply =
        cluster.stub(leader).commit(Requests.commit(Requests.transaction(Requests.put(key, "1"))));
    assertThat(reply.getCommitted().getOrder()).isPositive();
  }

  private static void awaitClockAfter(TestCluster cluster, int node, long millis) {
    await().until(() -> clock(cluster, node).millis() > millis);
  }

  private static Clock clock(TestCluster cluster, int node) {
    return cluster.server(node).replica().journal().head().clock();
  }
}
