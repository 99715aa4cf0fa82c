package dev.ordinal.scheduler.submit;

import dev.ordinal.client.OrderId;
import dev.ordinal.client.Outcome;
import dev.ordinal.client.Refusal;
import dev.ordinal.scheduler.cluster.Placement;
import dev.ordinal.scheduler.cluster.Task;
import dev.ordinal.scheduler.placement.Explanation;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Counts what a scheduler does, and tells its listener. */
final class Tally {
  private final SchedulerListener listener;
  private final List<Placement> placements = new ArrayList<>();
  private final List<SchedulerReport.Unplaced> unplaced = new ArrayList<>();
  private final Map<Refusal.Kind, Long> refusals = new EnumMap<>(Refusal.Kind.class);
  private long attempts;
  private long committed;
  private long refused;
  private long stale;
  private long notAccepted;
  private long unknown;

  Tally(SchedulerListener listener) {
    this.listener = listener;
  }

  void proposed(int tasks) {
    attempts += tasks;
  }

  void answered(Outcome outcome, long latencyNanos) {
    switch (outcome) {
      case Outcome.Committed _ -> committed++;
      case Outcome.Refused _ -> refused++;
      case Outcome.TooOld _, Outcome.OutOfRange _ -> stale++;
      case Outcome.NotAccepted _ -> notAccepted++;
      case Outcome.Unknown _ -> unknown++;
      case Outcome.Invalid _ -> {}
    }
    listener.onAnswered(outcome, latencyNanos);
  }

  void placed(Placement placement, OrderId order) {
    placements.add(placement);
    listener.onPlaced(placement, order);
  }

  void refused(Refusal refusal) {
    refusals.merge(refusal.kind(), 1L, Long::sum);
    listener.onRefused(refusal);
  }

  void unplaced(Task task, Explanation explanation, int taskAttempts) {
    SchedulerReport.Unplaced given = new SchedulerReport.Unplaced(task, explanation, taskAttempts);
    unplaced.add(given);
    listener.onUnplaced(given);
  }

  SchedulerReport report(String scheduler) {
    return new SchedulerReport(
        scheduler,
        placements,
        unplaced,
        attempts,
        refusals,
        new SchedulerReport.Transactions(committed, refused, stale, notAccepted, unknown));
  }
}
