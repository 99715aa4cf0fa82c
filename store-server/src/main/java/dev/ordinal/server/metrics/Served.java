package dev.ordinal.server.metrics;

import dev.ordinal.consensus.log.LogStore;
import dev.ordinal.server.replica.StoreReplica;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * The replica that is measured, and what it does not know itself.
 *
 * @param leaderChanges how often it saw a new leader since it started
 * @param tick how long the unit of consensus' time lasts
 * @param folders what it keeps on the disk, by the name that metrics give it
 */
public record Served(
    StoreReplica replica,
    LogStore log,
    LongSupplier leaderChanges,
    Duration tick,
    Map<String, Path> folders) {
  public Served {
    folders = Map.copyOf(folders);
  }
}
