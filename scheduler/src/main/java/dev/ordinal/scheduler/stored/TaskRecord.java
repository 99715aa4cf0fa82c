package dev.ordinal.scheduler.stored;

import dev.ordinal.client.Value;
import dev.ordinal.scheduler.cluster.Cluster;
import dev.ordinal.scheduler.cluster.DeviceSet;
import dev.ordinal.scheduler.cluster.Node;
import dev.ordinal.scheduler.cluster.Placement;
import dev.ordinal.scheduler.cluster.Task;
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

  public static TaskRecord of(Placement placement, String scheduler) {
    return new TaskRecord(placement.node().name(), placement.devices().indices(), scheduler);
  }

  public Value encode() {
    return Json.encode(this);
  }

  /**
   * The record that {@code value} holds.
   *
   * @throws IllegalArgumentException if it is not one
   */
  public static TaskRecord decode(Value value) {
    return Json.decode(value, TaskRecord.class);
  }

  /**
   * The placement that it stands for.
   *
   * @throws IllegalArgumentException if the cluster has no such node, or the node no such devices
   */
  public Placement placement(Task task, Cluster cluster) {
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
