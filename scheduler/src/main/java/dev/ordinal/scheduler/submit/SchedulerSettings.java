package dev.ordinal.scheduler.submit;

import dev.ordinal.scheduler.cluster.Check;
import dev.ordinal.scheduler.placement.Policy;
import dev.ordinal.scheduler.plan.Detection;
import dev.ordinal.scheduler.plan.PlanShape;

/**
 * How a scheduler works.
 *
 * @param name who placed a task, in its record and in reports
 * @param policy which of the fitting nodes a task gets
 * @param shape what its transactions look like
 * @param attemptsMax how often one task is proposed before it is given up, 1 to 1,000,000
 * @param inFlightMax how many transactions may be unanswered, 1 to 1,000; with {@link
 *     Detection#JOURNAL} it is always one, since each is a conflict for the next
 * @param seed of its random choices
 */
public record SchedulerSettings(
    String name, Policy policy, PlanShape shape, int attemptsMax, int inFlightMax, long seed) {
  public SchedulerSettings {
    Check.range("attemptsMax", attemptsMax, 1, 1_000_000);
    Check.range("inFlightMax", inFlightMax, 1, 1_000);
    if (name.isEmpty()) {
      throw new IllegalArgumentException("a scheduler needs a name");
    }
  }

  /** Settings with the usual bounds: 1,000 attempts, 8 transactions in flight. */
  public static SchedulerSettings of(String name, Policy policy, PlanShape shape, long seed) {
    return new SchedulerSettings(name, policy, shape, 1_000, 8, seed);
  }

  int inFlightLimit() {
    return shape.detection() == Detection.JOURNAL ? 1 : inFlightMax;
  }
}
