package dev.ordinal.scheduler.submit;

import dev.ordinal.client.OrderId;
import dev.ordinal.scheduler.cluster.Task;
import java.util.ArrayList;
import java.util.List;

/**
 * Tasks that are proposed in one transaction.
 *
 * @param tasks at least one
 * @param attempts how often they were proposed
 * @param readyAt what the mirror must show before they are proposed again: earlier it would be the
 *     same plan and the same refusal
 * @param uncertain whether an earlier proposal may have taken effect without our knowledge
 */
record Bundle(List<Task> tasks, int attempts, OrderId readyAt, boolean uncertain) {
  Bundle {
    tasks = List.copyOf(tasks);
  }

  /** Cuts the tasks into bundles of {@code size}, in order; the last may be smaller. */
  static List<Bundle> of(List<Task> tasks, int size) {
    List<Bundle> bundles = new ArrayList<>();
    for (int from = 0; from < tasks.size(); from += size) {
      List<Task> some = tasks.subList(from, Math.min(from + size, tasks.size()));
      bundles.add(new Bundle(some, 0, OrderId.NONE, false));
    }
    return bundles;
  }

  /** The same for fewer tasks. */
  Bundle with(List<Task> fewer) {
    return new Bundle(fewer, attempts, readyAt, uncertain);
  }

  /** The same after one more proposal. */
  Bundle proposedOnce() {
    return new Bundle(tasks, attempts + 1, readyAt, uncertain);
  }

  Bundle readyAt(OrderId order) {
    return new Bundle(tasks, attempts, order, uncertain);
  }

  Bundle asUncertain() {
    return new Bundle(tasks, attempts, readyAt, true);
  }

  /** Each task on its own. */
  List<Bundle> apart() {
    return tasks.stream().map(task -> with(List.of(task))).toList();
  }
}
