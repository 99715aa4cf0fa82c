package dev.ordinal.scheduler.workload;

import dev.ordinal.scheduler.cluster.Cluster;
import dev.ordinal.scheduler.cluster.Placement;
import dev.ordinal.scheduler.cluster.Task;
import dev.ordinal.scheduler.placement.Choice;
import dev.ordinal.scheduler.placement.ClusterView;
import dev.ordinal.scheduler.placement.Explanation;
import dev.ordinal.scheduler.placement.Placer;
import dev.ordinal.scheduler.placement.Policy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/** All tasks of a list arrive, none leaves. */
public record Run(List<Placement> placements, Map<Task, Explanation> unplaced) {
  public static Run of(Cluster cluster, List<Task> tasks, Policy policy, long seed) {
    ClusterView view = new ClusterView(cluster);
    Placer placer = new Placer(view, policy, new SplittableRandom(seed));
    List<Placement> placements = new ArrayList<>();
    Map<Task, Explanation> unplaced = new LinkedHashMap<>();
    for (Task task : tasks) {
      Optional<Choice> choice = placer.choose(task, 1);
      if (choice.isEmpty()) {
        unplaced.put(task, view.explain(task.request()));
      } else {
        view.claim(choice.get().preferred());
        placements.add(choice.get().preferred());
      }
    }
    return new Run(placements, unplaced);
  }

  long cpuMilli() {
    return placements.stream().mapToLong(placed -> placed.task().request().cpuMilli()).sum();
  }

  long memoryMib() {
    return placements.stream().mapToLong(placed -> placed.task().request().memoryMib()).sum();
  }

  long gpuMilli() {
    return placements.stream().mapToLong(placed -> placed.task().request().gpuTotalMilli()).sum();
  }
}
