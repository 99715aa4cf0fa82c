package dev.ordinal.server.rpc;

import dev.ordinal.consensus.log.LogFigures;
import dev.ordinal.server.net.NodeAddress;
import java.util.function.IntFunction;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a status page says that the replica itself does not know.
 *
 * @param cluster the cluster's identity in 64 bits
 * @param addresses where nodes are found, null if that is not known
 * @param log what the log has done since it was opened
 * @param leaderChanges how often this replica saw a new leader since it started
 */
public record ReplicaFacts(
    int node,
    long cluster,
    IntFunction<@Nullable NodeAddress> addresses,
    Supplier<LogFigures> log,
    LongSupplier leaderChanges) {}
