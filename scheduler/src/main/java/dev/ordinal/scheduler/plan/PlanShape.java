package dev.ordinal.scheduler.plan;

import dev.ordinal.scheduler.cluster.Check;

/**
 * What a transaction looks like.
 *
 * @param batch tasks in one transaction, 1 to 100
 * @param alternatives nodes named for each task, 1 to 10: the policy's choice, then random ones
 *     that fit, of which the store takes the first that still does. The versions that {@link
 *     Detection#NODE} compares are those of all of them, so that alternatives help with {@link
 *     Detection#RESOURCE} only
 */
public record PlanShape(Detection detection, CommitMode commit, int batch, int alternatives) {
  public PlanShape {
    Check.range("batch", batch, 1, 100);
    Check.range("alternatives", alternatives, 1, 10);
  }

  /** One task, one node, checked by resource. */
  public static PlanShape single() {
    return new PlanShape(Detection.RESOURCE, CommitMode.INCREMENTAL, 1, 1);
  }
}
