package dev.ordinal.scheduler.submit;

import dev.ordinal.client.Refusal;
import dev.ordinal.scheduler.cluster.Placement;
import dev.ordinal.scheduler.cluster.Task;
import dev.ordinal.scheduler.placement.Explanation;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What one scheduler did.
 *
 * @param placements in the order in which they became known
 * @param unplaced in the order in which they were given up
 * @param attempts tasks proposed, each as often as it was
 * @param refusals of tasks, by kind: the conflicts
 * @param transactions what became of the transactions
 */
public record SchedulerReport(
    String scheduler,
    List<Placement> placements,
    List<Unplaced> unplaced,
    long attempts,
    Map<Refusal.Kind, Long> refusals,
    Transactions transactions) {
  public SchedulerReport {
    placements = List.copyOf(placements);
    unplaced = List.copyOf(unplaced);
    EnumMap<Refusal.Kind, Long> copy = new EnumMap<>(Refusal.Kind.class);
    copy.putAll(refusals);
    refusals = Collections.unmodifiableMap(copy);
  }

  /** How many tasks were refused because of what others had committed. */
  public long conflicts() {
    return refusals.values().stream().mapToLong(Long::longValue).sum();
  }

  /**
   * A task that was given up.
   *
   * @param explanation of the moment at which it first fitted nowhere; or, if it did fit and others
   *     were quicker each time, of the moment at which its attempts were used up
   * @param attempts how often it was proposed
   */
  public record Unplaced(Task task, Explanation explanation, int attempts) {}

  /**
   * How many transactions were answered how.
   *
   * @param committed with all their tasks or some
   * @param refused judged, and nothing took effect
   * @param stale not judged: what was read is no longer, or not yet, known
   * @param notAccepted never entered the log
   * @param unknown the answer was lost; the tasks were proposed again, which places none twice
   */
  public record Transactions(
      long committed, long refused, long stale, long notAccepted, long unknown) {}
}
