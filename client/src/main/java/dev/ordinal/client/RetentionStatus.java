package dev.ordinal.client;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What one replica says about what is retained.
 *
 * @param range the order IDs that can be read at
 * @param clock replicated time, since the store was made
 */
public record RetentionStatus(
    int node,
    RetainedRange range,
    Duration clock,
    RetentionPolicy policy,
    List<Hold> holds,
    Collection collection) {
  public RetentionStatus {
    holds = List.copyOf(holds);
  }

  /**
   * What the floor may not pass.
   *
   * @param until where the clock stands when it ends; empty: it has to be released
   */
  public record Hold(String name, OrderId order, Optional<Duration> until) {}

  /**
   * What this replica has removed below the floor.
   *
   * @param through the order ID up to which it did
   * @param removed versions, since the process started
   * @param longestWait of a commit for a step of it, since the process started
   */
  public record Collection(OrderId through, long removed, Duration longestWait) {}
}
