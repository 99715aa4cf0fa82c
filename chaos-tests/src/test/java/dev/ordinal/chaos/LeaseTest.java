package dev.ordinal.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ordinal.client.Consistency;
import dev.ordinal.client.Key;
import dev.ordinal.client.Lease;
import dev.ordinal.client.Lock;
import dev.ordinal.client.OrdinalClient;
import dev.ordinal.client.Outcome;
import dev.ordinal.client.Refusal;
import dev.ordinal.client.Tenure;
import dev.ordinal.client.Transaction;
import dev.ordinal.client.Value;
import dev.ordinal.local.LocalCluster;
import dev.ordinal.local.ReplicaProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Leases, locks and elections of real clients, with real processes that are killed. */
class LeaseTest {
  private static final Duration TTL = Duration.ofSeconds(10);
  private static final Key KEY = Key.of("member");

  @TempDir private Path folder;
  private LocalCluster cluster;
  private OrdinalClient client;

  @BeforeEach
  void start() throws InterruptedException {
    cluster = Servers.start(folder);
    client = OrdinalClient.connect(cluster.addresses());
  }

  @AfterEach
  void stop() {
    client.close();
    cluster.close();
  }

  @Test
  void aLeaseOutlivesItsLeaderAndNotItsClient() {
    OrdinalClient owner = OrdinalClient.connect(cluster.addresses());
    Lease lease = owner.lease(TTL);
    commit(owner, Transaction.blind().put(KEY, Value.of("1"), Tenure.leased(lease)).build());
    for (int kills = 0; kills < 2; kills++) {
      ReplicaProcess leader = cluster.replica(Servers.awaitLeader(client));
      leader.kill();
      commit(client, Transaction.blind().put(Key.of("other"), Value.of("1")).build());
      leader.start();
    }
    assertThat(lease.lost()).isNotDone();
    assertThat(exists()).isTrue();

    owner.close();
    assertThat(lease.isHeld()).isFalse();
    await().atMost(Duration.ofMinutes(1)).until(() -> !exists());
  }

  @Test
  void whoLostALockIsFencedOffAndTheNextOwnerHasAHigherToken() throws Exception {
    OrdinalClient first = OrdinalClient.connect(cluster.addresses());
    Lock lost = first.lock(KEY, first.lease(TTL));
    Lease lease = client.lease(TTL);
    CompletableFuture<Lock> waiting = CompletableFuture.supplyAsync(() -> lock(lease));
    Outcome guarded = client.commit(write(lost));
    assertThat(guarded).isInstanceOf(Outcome.Committed.class);

    first.close();
    try (Lock won = waiting.join()) {
      assertThat(won.isHeld()).isTrue();
      assertThat(won.token()).isGreaterThan(lost.token());
      assertThat(client.commit(write(won))).isInstanceOf(Outcome.Committed.class);
      assertThat(client.commit(write(lost))).isInstanceOf(Outcome.Refused.class);
    }
    assertThat(exists()).isFalse();
  }

  @Test
  void aKeyWithATimeToLiveGoesAndAClosedLeaseTakesItsKeysAlong() {
    Lease lease = client.lease(Duration.ofMinutes(5));
    Key timed = Key.of("timed");
    commit(
        client,
        Transaction.blind()
            .put(KEY, Value.of("1"), Tenure.leased(lease))
            .put(timed, Value.of("1"), Tenure.limited(Duration.ofMillis(200)))
            .build());
    lease.close();

    assertThat(exists()).isFalse();
    assertThat(lease.lost()).isCompleted();
    assertThat(client.commit(Transaction.blind().require(lease.guard()).build()))
        .isInstanceOfSatisfying(
            Outcome.Refused.class,
            refused -> assertThat(refused.toString()).contains(Refusal.Kind.LEASE_ENDED.name()));
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> client.snapshot(Consistency.linearizable()).get(timed).isEmpty());
  }

  private Lock lock(Lease lease) {
    try {
      return client.lock(KEY, lease);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static Transaction write(Lock lock) {
    return lock.guards(Transaction.blind()).put(Key.of("guarded"), Value.of("1")).build();
  }

  private boolean exists() {
    return client.snapshot(Consistency.linearizable()).get(KEY).isPresent();
  }

  private static void commit(OrdinalClient by, Transaction transaction) {
    assertThat(by.commit(transaction)).isInstanceOf(Outcome.Committed.class);
  }
}
