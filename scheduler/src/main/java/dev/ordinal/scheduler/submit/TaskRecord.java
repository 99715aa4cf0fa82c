package dev.ordinal.scheduler.submit;

import dev.ordinal.client.Value;
import dev.ordinal.scheduler.placement.Cluster;
import dev.ordinal.scheduler.placement.DeviceSet;
import dev.ordinal.scheduler.placement.Node;
import dev.ordinal.scheduler.placement.Placement;
import dev.ordinal.scheduler.placement.Task;
import java.util.List;

/**
 * What the store holds under {@code task/NAME}: where the task was placed, and by whom.
 *
 * @param gpus indices of the node's devices, ascending
 */
public record TaskRecord(String node, List<Integer> gpus, String scheduler) {
  public TaskRecord {
    gpus = List.copyOf(gpus);
  }

  static TaskRecord of(Placement placement, String scheduler) {
    return new TaskRecord(placement.node().name(), placement.devices().indices(), scheduler);
  }

  Value encode() {
    return Json.encode(this);
  }

  /**
   * The record that {@code value} holds.
   *
   * @throws IllegalArgumentException if it is not one
   */
  static TaskRecord decode(Value value) {
    return Json.decode(value, TaskRecord.class);
  }

  /**
   * The placement that it stands for.
   *
   * @throws IllegalArgumentException if the cluster has no such node, or the node no such devices
   */
  Placement placement(Task task, Cluster cluster) {
    Node placedOn =
        cluster
            .node(node)
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "task %s is on node %s, which is not in the cluster"
                        .formatted(task.name(), node)));
    return new Placement(task, placedOn, DeviceSet.of(gpus));
  }
}
