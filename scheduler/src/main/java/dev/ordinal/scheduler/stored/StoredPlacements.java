package dev.ordinal.scheduler.stored;

import dev.ordinal.client.Counter;
import dev.ordinal.client.KeyRange;
import dev.ordinal.client.ReadView;
import dev.ordinal.client.Row;
import dev.ordinal.scheduler.cluster.Cluster;
import dev.ordinal.scheduler.cluster.Node;
import dev.ordinal.scheduler.cluster.Placement;
import dev.ordinal.scheduler.cluster.Resource;
import dev.ordinal.scheduler.cluster.Task;
import dev.ordinal.scheduler.placement.ClusterView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a store holds at one order ID, read back to be checked.
 *
 * @param placements ascending by name of the task
 * @param discrepancies what does not fit together, in words; empty if all is well: records of tasks
 *     or nodes that there are not, counters that are not the capacity less what the placements take
 */
public record StoredPlacements(List<Placement> placements, List<String> discrepancies) {
  public StoredPlacements {
    placements = List.copyOf(placements);
    discrepancies = List.copyOf(discrepancies);
  }

  /** Reads all placements and all counters of the cluster. */
  public static StoredPlacements read(ReadView view, Cluster cluster, List<Task> tasks) {
    List<String> discrepancies = new ArrayList<>();
    List<Placement> placements = placements(view, cluster, tasks, discrepancies);
    ClusterView expected = new ClusterView(cluster);
    for (Placement placement : placements) {
      if (expected.fits(placement)) {
        expected.claim(placement);
      } else {
        discrepancies.add("%s does not fit beside the others".formatted(placement));
      }
    }
    for (Node node : cluster.nodes()) {
      for (Resource resource : StoreLayout.resources(node)) {
        long free = expected.free(node, resource);
        Optional<Row> row = view.get(StoreLayout.free(node, resource));
        if (row.isEmpty()
            || !(row.get().content() instanceof Counter counter)
            || counter.value() != free) {
          discrepancies.add(
              "%s should be a counter of %d, and is %s"
                  .formatted(
                      StoreLayout.free(node, resource),
                      free,
                      row.map(present -> present.content().toString()).orElse("missing")));
        }
      }
    }
    return new StoredPlacements(placements, discrepancies);
  }

  private static List<Placement> placements(
      ReadView view, Cluster cluster, List<Task> tasks, List<String> discrepancies) {
    Map<String, Task> tasksByName = new HashMap<>();
    tasks.forEach(task -> tasksByName.put(task.name(), task));
    List<Placement> placements = new ArrayList<>();
    Iterator<Row> rows = view.scan(KeyRange.prefix(StoreLayout.TASKS)).iterator();
    while (rows.hasNext()) {
      Row row = rows.next();
      Task task = tasksByName.get(row.key().text().substring(StoreLayout.TASKS.text().length()));
      if (task == null) {
        discrepancies.add("%s is not a task of the workload".formatted(row.key()));
        continue;
      }
      try {
        placements.add(TaskRecord.decode(row.value()).placement(task, cluster));
      } catch (IllegalArgumentException | IllegalStateException e) {
        discrepancies.add("%s: %s".formatted(row.key(), e.getMessage()));
      }
    }
    return placements;
  }
}
