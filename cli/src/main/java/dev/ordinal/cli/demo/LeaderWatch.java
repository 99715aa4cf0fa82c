package dev.ordinal.cli.demo;

import dev.ordinal.client.OrdinalClient;
import dev.ordinal.client.OrdinalException;
import dev.ordinal.client.ReplicaStatus;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Asks the replicas a few times a second who leads, and counts how often that changes. */
final class LeaderWatch implements AutoCloseable {
  private static final long PERIOD_MILLIS = 100;
  private static final Duration ANSWER_MAX = Duration.ofSeconds(1);

  private final OrdinalClient client;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("leader-watch").factory());

  /** The present leadership as its leader names it; written by the watch's thread only. */
  private volatile Leadership leadership = new Leadership(0, "");

  private volatile int changes;

  private record Leadership(int node, String ballot) {}

  LeaderWatch(List<String> addresses) {
    this.client =
        OrdinalClient.builder(addresses).name("leader-watch").readTimeout(ANSWER_MAX).connect();
    var _ = thread.scheduleWithFixedDelay(this::look, 0, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** The node that leads as far as is known; 0 before any was seen. */
  int leader() {
    return leadership.node;
  }

  /** How often another leadership was seen than before. */
  int changes() {
    return changes;
  }

  @Override
  public void close() {
    thread.shutdownNow();
    client.close();
  }

  private void look() {
    for (String address : client.addresses()) {
      try {
        ReplicaStatus status = client.status(address);
        if (status.role() == ReplicaStatus.Role.LEADER) {
          seen(new Leadership(status.node(), status.ballot()));
        }
      } catch (OrdinalException silent) {
        // A replica that was killed says nothing; the next look asks it again.
      }
    }
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
  private void seen(Leadership present) {
    if (!present.equals(leadership)) {
      changes += leadership.node == 0 ? 0 : 1;
      leadership = present;
    }
  }
}
