package dev.ordinal.consensus.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ordinal.consensus.core.Verdict;
import dev.ordinal.consensus.driver.DriverSettings.Threading;
import dev.ordinal.consensus.entry.Payload;
import dev.ordinal.consensus.log.DataDirectory;
import dev.ordinal.consensus.log.Identity;
import dev.ordinal.consensus.log.MemoryLog;
import dev.ordinal.consensus.log.RocksLog;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReplicaDriverTest {
  private final Map<Integer, MemoryLog> disks = new ConcurrentHashMap<>();

  @TempDir private Path temporary;

  @ParameterizedTest
  @EnumSource
  void tenThousandCommandsAreAppliedInOneOrderEverywhere(Threading threading) {
    try (Cluster cluster = inMemory(threading)) {
      int leader = cluster.awaitLeader();

      cluster.commit(leader, 0, 10_000, 500);

      assertAllHave(cluster, 10_000);
    }
  }

  @Test
  void everyReplicaSurvivesARestartFromItsLog() {
    for (int member : Cluster.MEMBERS) {
      DataDirectory.format(
          dir(member),
          Identity.founder(UUID.randomUUID(), UUID.randomUUID(), member, Cluster.MEMBERS),
          Cluster.CONFIGURATION);
    }
    try (Cluster cluster =
        new Cluster(member -> RocksLog.open(dir(member)), DriverSettings.DEFAULT)) {
      int committed = 0;
      for (int member : Cluster.MEMBERS) {
        cluster.commit(cluster.awaitLeader(), committed, 500, 50);
        committed += 500;
        cluster.stop(member);
        cluster.commit(cluster.awaitLeader(), committed, 500, 50);
        committed += 500;
        cluster.forgetState(member);
        cluster.start(member);
        assertAllHave(cluster, committed);
      }
    }
  }

  @Test
  void aReplicaThatMissedALotIsFedFromTheLog() {
    try (Cluster cluster = inMemory(Threading.SEPARATE)) {
      int leader = cluster.awaitLeader();
      int other = leader % 3 + 1;
      cluster.stop(other);
      cluster.commit(leader, 0, 3_000, 10);
      cluster.start(other);
      assertAllHave(cluster, 3_000);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aReadSeesEverythingCommittedBeforeIt(Threading threading) {
    try (Cluster cluster = inMemory(threading)) {
      int leader = cluster.awaitLeader();
      for (int round = 1; round <= 20; round++) {
        cluster.commit(leader, round - 1, 1, 1);
        assertThat(cluster.read(leader).join()).isInstanceOf(Verdict.ReadableAt.class);
        assertThat(cluster.machine(leader).size()).isEqualTo(round);
      }
    }
  }

  @Test
  void aFollowerNamesTheLeader() {
    try (Cluster cluster = inMemory(Threading.SEPARATE)) {
      int leader = cluster.awaitLeader();
      int follower = leader % 3 + 1;
      await().until(() -> cluster.driver(follower).view().leader() == leader);

      assertThat(cluster.propose(follower, Payload.EMPTY).join())
          .isEqualTo(new Verdict.NotLeader(leader));
    }
  }

  private Cluster inMemory(Threading threading) {
    return new Cluster(
        member -> disks.computeIfAbsent(member, _ -> new MemoryLog(Cluster.CONFIGURATION)).open(),
        DriverSettings.DEFAULT.withThreading(threading));
  }

  private Path dir(int member) {
    return temporary.resolve("node" + member);
  }

  private static void assertAllHave(Cluster cluster, int count) {
    List<Payload> expected = IntStream.range(0, count).mapToObj(Cluster::command).toList();
    for (int member : Cluster.MEMBERS) {
      await().untilAsserted(() -> assertThat(cluster.machine(member).size()).isEqualTo(count));
      assertThat(cluster.machine(member).commands()).isEqualTo(expected);
    }
    assertThat(cluster.halts()).isEmpty();
  }
}
