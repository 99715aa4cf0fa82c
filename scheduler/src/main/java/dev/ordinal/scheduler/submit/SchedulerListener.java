package dev.ordinal.scheduler.submit;

import dev.ordinal.client.OrderId;
import dev.ordinal.client.Outcome;
import dev.ordinal.client.Refusal;
import dev.ordinal.scheduler.cluster.Placement;

/** Hears what a scheduler does, while it does it, on the scheduler's thread. Must not block. */
public interface SchedulerListener {
  /** The placement is in the store, committed at {@code order}. */
  default void onPlaced(Placement placement, OrderId order) {}

  /** The task is given up. */
  default void onUnplaced(SchedulerReport.Unplaced unplaced) {}

  /** A task of a transaction was refused, and will be proposed again or given up. */
  default void onRefused(Refusal refusal) {}

  /** A transaction was answered {@code latencyNanos} after it was handed to the client. */
  default void onAnswered(Outcome outcome, long latencyNanos) {}
}
