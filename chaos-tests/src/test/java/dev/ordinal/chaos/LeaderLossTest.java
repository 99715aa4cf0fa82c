package dev.ordinal.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ordinal.client.Key;
import dev.ordinal.client.OrderId;
import dev.ordinal.client.OrdinalClient;
import dev.ordinal.client.Outcome;
import dev.ordinal.client.Transaction;
import dev.ordinal.client.Value;
import dev.ordinal.local.LocalCluster;
import dev.ordinal.local.ReplicaProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Commits under way when their leader is lost, and those after it: while a majority is there, each
 * of them commits, none waits until its time is over.
 */
class LeaderLossTest {
  private static final int CLIENTS = 4;
  private static final int COMMITS = 64;
  private static final int KILLS = 5;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir private Path folder;
  private LocalCluster cluster;
  private final List<OrdinalClient> clients = new ArrayList<>();
  private int put;

  @BeforeEach
  void start() throws InterruptedException {
    cluster = Servers.start(folder);
    for (int i = 0; i < CLIENTS; i++) {
      clients.add(OrdinalClient.builder(cluster.addresses()).commitTimeout(PATIENCE).connect());
    }
  }

  @AfterEach
  void stop() {
    clients.forEach(OrdinalClient::close);
    cluster.close();
  }

  @Test
  void aKilledLeaderHoldsNothingUp() {
    for (int i = 0; i < KILLS; i++) {
      ReplicaProcess leader = leader();
      List<CompletableFuture<Outcome>> outcomes = submit();
      leader.kill();
      outcomes.addAll(submit());
      OrderId last = allCommitted(outcomes);
      leader.start();
      Servers.awaitOrder(clients.getFirst(), cluster.addresses().get(leader.node() - 1), last);
    }
  }

  /** It accepts connections and answers nothing, as one whose machine swaps. */
  @Test
  void aFrozenLeaderIsLeft() throws Exception {
    ReplicaProcess leader = leader();
    List<CompletableFuture<Outcome>> outcomes = submit();
    signal("-STOP", leader);
    try {
      outcomes.addAll(submit());
      OrderId _ = allCommitted(outcomes);
    } finally {
      signal("-CONT", leader);
    }
    OrderId last = allCommitted(submit());
    Agreement.check(clients.getFirst(), last);
  }

  private ReplicaProcess leader() {
    return cluster.replica(Servers.awaitLeader(clients.getFirst()));
  }

  private List<CompletableFuture<Outcome>> submit() {
    List<CompletableFuture<Outcome>> outcomes = new ArrayList<>();
    for (int i = 0; i < COMMITS; i++) {
      for (OrdinalClient client : clients) {
        put++;
        outcomes.add(
            client.commitAsync(
                Transaction.blind().put(Key.of("k" + put), Value.of("v" + put)).build()));
      }
    }
    return outcomes;
  }

  /** The highest order ID. */
  private static OrderId allCommitted(List<CompletableFuture<Outcome>> outcomes) {
    OrderId last = OrderId.NONE;
    for (CompletableFuture<Outcome> each : outcomes) {
      Outcome outcome = each.join();
      assertThat(outcome).isInstanceOf(Outcome.Committed.class);
      last = last.max(outcome.orThrow().order());
    }
    return last;
  }

  private static void signal(String which, ReplicaProcess replica) throws Exception {
    Process kill = new ProcessBuilder("kill", which, Long.toString(replica.pid())).start();
    assertThat(kill.waitFor()).isZero();
  }
}
