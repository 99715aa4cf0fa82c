package dev.ordinal.server.rpc;

import dev.ordinal.consensus.log.LogStore;
import dev.ordinal.server.config.Members;
import java.util.function.LongSupplier;

/**
 * What a status page says that the replica itself does not know.
 *
 * @param cluster the cluster's identity in 64 bits
 * @param log where it begins, how large it is, and what it has done since it was opened
 * @param leaderChanges how often this replica saw a new leader since it started
 */
public record ReplicaFacts(
    int node, long cluster, Members members, LogStore log, LongSupplier leaderChanges) {}
