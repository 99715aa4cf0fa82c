package dev.ordinal.scheduler.workload;

import dev.ordinal.scheduler.cluster.Cluster;
import dev.ordinal.scheduler.cluster.Task;
import java.util.List;

/**
 * Nodes, and the tasks to place on them in their order of arrival.
 *
 * @param tasks names are distinct
 */
public record Workload(Cluster cluster, List<Task> tasks) {
  public Workload {
    tasks = List.copyOf(tasks);
  }

  /**
   * The same cluster with the first {@code tasksMax} tasks, or all if there are fewer.
   *
   * @throws IllegalArgumentException if it is negative
   */
  public Workload limitedTo(int tasksMax) {
    if (tasksMax < 0) {
      throw new IllegalArgumentException("tasks must be at least 0, was " + tasksMax);
    }
    return new Workload(cluster, tasks.subList(0, Math.min(tasksMax, tasks.size())));
  }
}
