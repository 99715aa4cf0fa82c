package dev.ordinal.scheduler.submit;

import dev.ordinal.scheduler.placement.Policy;

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
    String name, Policy policy, Shape shape, int attemptsMax, int inFlightMax, long seed) {
  public SchedulerSettings {
    requireRange("attemptsMax", attemptsMax, 1_000_000);
    requireRange("inFlightMax", inFlightMax, 1_000);
    if (name.isEmpty()) {
      throw new IllegalArgumentException("a scheduler needs a name");
    }
  }

  /**
   * What a transaction looks like.
   *
   * @param batch tasks in one transaction, 1 to 100
   * @param alternatives nodes named for each task, 1 to 10: the policy's choice, then random ones
   *     that fit, of which the store takes the first that still does. The versions that {@link
   *     Detection#NODE} compares are those of all of them, so that alternatives help with {@link
   *     Detection#RESOURCE} only
   */
  public record Shape(Detection detection, CommitMode commit, int batch, int alternatives) {
    public Shape {
      requireRange("batch", batch, 100);
      requireRange("alternatives", alternatives, 10);
    }

    /** One task, one node, checked by resource. */
    public static Shape single() {
      return new Shape(Detection.RESOURCE, CommitMode.INCREMENTAL, 1, 1);
    }
  }

  /** Settings with the usual bounds: 1,000 attempts, 8 transactions in flight. */
  public static SchedulerSettings of(String name, Policy policy, Shape shape, long seed) {
    return new SchedulerSettings(name, policy, shape, 1_000, 8, seed);
  }

  int inFlightLimit() {
    return shape.detection() == Detection.JOURNAL ? 1 : inFlightMax;
  }

  private static void requireRange(String name, int value, int max) {
    if (value < 1 || value > max) {
      throw new IllegalArgumentException("%s must be 1 to %d, was %d".formatted(name, max, value));
    }
  }
}
