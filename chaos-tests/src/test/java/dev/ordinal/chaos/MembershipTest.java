package dev.ordinal.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.ordinal.client.Consistency;
import dev.ordinal.client.MemberChange;
import dev.ordinal.client.MemberList;
import dev.ordinal.client.MemberVerdict;
import dev.ordinal.client.OrderId;
import dev.ordinal.client.OrdinalClient;
import dev.ordinal.client.OrdinalException;
import dev.ordinal.local.LocalCluster;
import dev.ordinal.local.ReplicaProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Changes the members of a store in every way while four clients commit, kills processes between
 * the steps, and then asks the journal for everything that the clients were told. The clients know
 * addresses of the first members only, none of which is left at the end.
 */
class MembershipTest {
  private static final long COMMITS = 100;
  private static final Duration PROGRESS_MAX = Duration.ofMinutes(1);

  private final History history = new History();
  private final Stall stall = new Stall();

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private Path folder;

  @Test
  void allMembersGoUnderLoadAndNothingIsLost() throws Exception {
    try (LocalCluster cluster = Servers.start(folder);
        OrdinalClient client =
            OrdinalClient.builder(cluster.addresses())
                .readTimeout(Duration.ofSeconds(20))
                .connect();
        Workload workload = Workload.start(cluster.addresses(), history, new SplittableRandom(7))) {
      growToFour(cluster, client);
      replaceAFollower(cluster, client);
      moveTheLeader(client);
      removeTheLeader(cluster, client);
      killTheLeaderDuringAChange(cluster, client);
      replaceWhoIsLeftOfTheFirst(cluster, client);
      awaitCommits();
      workload.finish();
      judge(client);
    } catch (Throwable failure) {
      throw new AssertionError("in " + folder, failure);
    }
    System.out.println(stall.report(history.acknowledgedAtNanos()));
  }

  private void growToFour(LocalCluster cluster, OrdinalClient client) throws Exception {
    assertThatThrownBy(() -> client.membership().change(new MemberChange.Add(4)))
        .isInstanceOf(OrdinalException.class)
        .hasMessageContaining("node 4 is not connected to the leader");
    ReplicaProcess fourth = join(cluster, client);
    fourth.kill();
    fourth.start();
    awaitReady(client, 4);
    change(client, new MemberChange.Add(4));
    fourth.kill();
    awaitCommits();
    fourth.start();
    awaitReady(client, 4);
    assertThat(client.membership().tryOut(new MemberChange.Promote(4)).voters())
        .containsExactly(1, 2, 3, 4);
    assertThat(change(client, new MemberChange.Promote(4)).voters()).containsExactly(1, 2, 3, 4);
    assertThat(client.membership().change(new MemberChange.Promote(4)).unchanged()).isTrue();
    awaitCommits();
  }

  private void replaceAFollower(LocalCluster cluster, OrdinalClient client) throws Exception {
    int fifth = join(cluster, client).node();
    awaitReady(client, fifth);
    int old = aFirstMember(client, false);
    change(client, new MemberChange.Replace(old, fifth));
    cluster.replica(old).kill();
    awaitCommits();
  }

  private void moveTheLeader(OrdinalClient client) {
    int target = aVoter(client);
    long began = System.nanoTime();
    client.membership().transferLeadership(target);
    stall.changed(began);
    assertThat(leader(client)).isEqualTo(target);
    awaitCommits();
  }

  private void removeTheLeader(LocalCluster cluster, OrdinalClient client) {
    int old = aFirstMember(client, false);
    client.membership().transferLeadership(old);
    await("leader " + old).atMost(PROGRESS_MAX).until(() -> leader(client) == old);
    MemberVerdict verdict = change(client, new MemberChange.Remove(old));
    assertThat(verdict.voters()).hasSize(3).doesNotContain(old);
    cluster.replica(old).kill();
    awaitCommits();
  }

  /** Whether the change was decided or not: the others go on, and it can be asked for again. */
  private void killTheLeaderDuringAChange(LocalCluster cluster, OrdinalClient client)
      throws Exception {
    int sixth = join(cluster, client).node();
    awaitReady(client, sixth);
    int leader = leader(client);
    CompletableFuture<MemberVerdict> change =
        CompletableFuture.supplyAsync(
            () -> client.membership().change(new MemberChange.Add(sixth)));
    cluster.replica(leader).kill();
    awaitCommits();
    assertThat(change.join().learners()).contains(sixth);
    cluster.replica(leader).start();
    awaitReady(client, leader);
    awaitReady(client, sixth);
    change(client, new MemberChange.Promote(sixth));
  }

  private void replaceWhoIsLeftOfTheFirst(LocalCluster cluster, OrdinalClient client)
      throws Exception {
    for (int node = 1; node <= 3; node++) {
      int first = node;
      if (list(client).members().stream().anyMatch(member -> member.node() == first)) {
        int fresh = join(cluster, client).node();
        awaitReady(client, fresh);
        change(client, new MemberChange.Replace(first, fresh));
        cluster.replica(first).kill();
        awaitCommits();
      }
    }
    assertThat(list(client).members()).allMatch(member -> member.node() > 3);
  }

  private void judge(OrdinalClient client) throws Exception {
    List<String> members = list(client).members().stream().map(MemberList.Member::address).toList();
    OrderId order = client.snapshot(Consistency.linearizable()).order();
    try (OrdinalClient newcomer = OrdinalClient.connect(members)) {
      Judge judge = new Judge(history.attempts());
      Agreement.replay(newcomer, order, judge::replay);
      assertThat(judge.faults()).isEmpty();
      Agreement.check(newcomer, order, judge.rows());
    }
  }

  private static ReplicaProcess join(LocalCluster cluster, OrdinalClient client) throws Exception {
    return cluster.join(list(client).cluster());
  }

  private MemberVerdict change(OrdinalClient client, MemberChange change) {
    long began = System.nanoTime();
    MemberVerdict verdict = client.membership().change(change);
    stall.changed(began);
    assertThat(verdict.unchanged()).isFalse();
    return verdict;
  }

  private static MemberList list(OrdinalClient client) {
    return await("the leader's list")
        .atMost(PROGRESS_MAX)
        .ignoreException(OrdinalException.class)
        .until(() -> client.membership().list(), MemberList::byLeader);
  }

  private static int leader(OrdinalClient client) {
    return list(client).leader();
  }

  private static int aVoter(OrdinalClient client) {
    MemberList list = list(client);
    return list.members().stream()
        .map(MemberList.Member::node)
        .filter(node -> node != list.leader())
        .findFirst()
        .orElseThrow();
  }

  /** One of nodes 1 to 3 that is a member still, and leads or not. */
  private static int aFirstMember(OrdinalClient client, boolean leads) {
    MemberList list = list(client);
    return list.members().stream()
        .map(MemberList.Member::node)
        .filter(node -> node <= 3 && (node == list.leader()) == leads)
        .findFirst()
        .orElseThrow();
  }

  private static void awaitReady(OrdinalClient client, int node) {
    await("node " + node + " to be ready")
        .atMost(PROGRESS_MAX)
        .until(() -> isReady(list(client), node));
  }

  private static boolean isReady(MemberList list, int node) {
    return list.members().stream().anyMatch(one -> one.node() == node && isReady(one.progress()))
        || list.guests().stream().anyMatch(one -> one.node() == node && isReady(one.progress()));
  }

  private static boolean isReady(MemberList.@Nullable Progress progress) {
    return progress != null && progress.ready();
  }

  private void awaitCommits() {
    long goal = history.acknowledged() + COMMITS;
    await("more commits").atMost(PROGRESS_MAX).until(() -> history.acknowledged() >= goal);
  }
}
