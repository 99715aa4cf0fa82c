package dev.ordinal.bench;

import dev.ordinal.client.ClientFigures;
import dev.ordinal.client.ReplicaStatus;
import java.util.List;

/**
 * The counters of everybody at one moment.
 *
 * @param nanoTime of {@link System#nanoTime}
 * @param clientCpuMicros of this whole process, the load generator included
 */
record Sample(
    long nanoTime, long clientCpuMicros, ClientFigures client, List<ReplicaStatus> replicas) {
  Sample {
    replicas = List.copyOf(replicas);
  }
}
