package dev.ordinal.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ordinal.client.Consistency;
import dev.ordinal.client.OrderId;
import dev.ordinal.client.OrdinalClient;
import dev.ordinal.client.Outcome;
import dev.ordinal.local.LocalCluster;
import dev.ordinal.local.ReplicaProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills replicas with SIGKILL twenty times while four clients commit, and then asks the journal for
 * everything that the clients were told. {@code -Dordinal.seed=N} draws the same kills and the same
 * transactions again.
 */
class KillLoopTest {
  private static final long COMMITS_BEFORE = 100;
  private static final long COMMITS_WITHOUT = 50;
  private static final Duration PROGRESS_MAX = Duration.ofMinutes(1);

  private final long seed = Long.getLong("ordinal.seed", System.nanoTime());
  private final SplittableRandom random = new SplittableRandom(seed);
  private final History history = new History();

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private Path folder;

  @Test
  void nothingAcknowledgedIsLostAndNothingHappensTwice() throws Exception {
    try (LocalCluster cluster = Servers.start(folder);
        OrdinalClient client =
            OrdinalClient.builder(cluster.addresses())
                .readTimeout(Duration.ofSeconds(20))
                .connect()) {
      killTwentyTimes(cluster, client);
      judge(client);
    } catch (Throwable failure) {
      throw new AssertionError("with -Dordinal.seed=%d in %s".formatted(seed, folder), failure);
    }
  }

  private void killTwentyTimes(LocalCluster cluster, OrdinalClient client) throws Exception {
    try (Workload workload = Workload.start(cluster.addresses(), history, random.split())) {
      for (Kill kill : Kill.twenty(random)) {
        awaitCommits(COMMITS_BEFORE);
        List<ReplicaProcess> victims = draw(kill, cluster, Servers.awaitLeader(client));
        victims.forEach(ReplicaProcess::kill);
        if (kill.leavesMajority()) {
          awaitCommits(COMMITS_WITHOUT);
        }
        victims.forEach(ReplicaProcess::start);
      }
      awaitCommits(COMMITS_BEFORE);
      workload.finish();
    }
  }

  private List<ReplicaProcess> draw(Kill kill, LocalCluster cluster, int leader) {
    List<Integer> nodes = IntStream.rangeClosed(1, cluster.replicas().size()).boxed().toList();
    return kill.victims(nodes, leader, random).stream().map(cluster::replica).toList();
  }

  private void awaitCommits(long more) {
    long goal = history.acknowledged() + more;
    await(more + " more commits").atMost(PROGRESS_MAX).until(() -> history.acknowledged() >= goal);
  }

  private void judge(OrdinalClient client) throws Exception {
    assertThat(history.endedAs(Outcome.Refused.class)).isNotEmpty();
    assertThat(history.endedAs(Outcome.Unknown.class)).isNotEmpty();
    OrderId order = client.snapshot(Consistency.linearizable()).order();
    Judge judge = new Judge(history.attempts());
    Agreement.replay(client, order, judge::replay);
    assertThat(judge.last()).isEqualTo(order);
    assertThat(judge.faults()).isEmpty();
    Agreement.check(client, order, judge.rows());
    for (Attempt unknown : history.endedAs(Outcome.Unknown.class)) {
      checkAnswer(client, unknown, judge);
    }
  }

  /** What the store says later about a commit without an answer is what its journal says. */
  private static void checkAnswer(OrdinalClient client, Attempt attempt, Judge judge) {
    Outcome.Unknown unknown = (Outcome.Unknown) attempt.outcome();
    if (unknown.session() == 0) {
      return;
    }
    Optional<Outcome> answer = client.queryOutcome(unknown.session(), unknown.sequence());
    Optional<OrderId> told =
        answer.filter(Outcome::isCommitted).map(outcome -> outcome.orThrow().order());
    assertThat(told).as("%s: %s", attempt.id(), answer).isEqualTo(judge.place(attempt.id()));
  }
}
