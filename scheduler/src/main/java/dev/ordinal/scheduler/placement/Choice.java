package dev.ordinal.scheduler.placement;

import dev.ordinal.scheduler.cluster.Check;
import dev.ordinal.scheduler.cluster.Placement;
import dev.ordinal.scheduler.cluster.Task;
import java.util.List;

/**
 * Where a task may go, in the order in which a store should try.
 *
 * @param alternatives at least one, each on another node
 */
public record Choice(Task task, List<Placement> alternatives) {
  public Choice {
    alternatives = List.copyOf(alternatives);
    Check.argument(!alternatives.isEmpty(), "a choice for task %s needs a placement", task.name());
    long nodes = alternatives.stream().map(Placement::node).distinct().count();
    Check.argument(
        nodes == alternatives.size(),
        "the %d alternatives for task %s are on %d nodes only",
        alternatives.size(),
        task.name(),
        nodes);
    for (Placement placement : alternatives) {
      Check.argument(
          placement.task().equals(task),
          "an alternative for task %s places task %s",
          task.name(),
          placement.task().name());
    }
  }

  public Placement preferred() {
    return alternatives.getFirst();
  }
}
