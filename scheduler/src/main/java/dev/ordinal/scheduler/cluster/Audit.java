package dev.ordinal.scheduler.cluster;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Checks placements after the fact, by sums of its own: it shares no code with what decides, whose
 * mistakes it is there to find.
 */
public final class Audit {
  private Audit() {}

  /** Something that is wrong with a set of placements. */
  public sealed interface Violation {
    /**
     * More is taken of a resource than there is.
     *
     * @param used in the unit of the resource
     */
    record Overcommitted(Node node, Resource resource, long used, long capacity)
        implements Violation {}

    /** A task has {@code times} placements. */
    record PlacedTwice(Task task, int times) implements Violation {}

    /** The node has a GPU model that the task does not accept. */
    record WrongModel(Placement placement) implements Violation {}
  }

  /** Every violation, ordered by kind and then by name; none if the placements are right. */
  public static List<Violation> violations(Collection<Placement> placements) {
    List<Violation> violations = new ArrayList<>();
    Map<String, List<Placement>> byTask = new TreeMap<>();
    Map<String, List<Placement>> byNode = new TreeMap<>();
    for (Placement placement : placements) {
      byTask.computeIfAbsent(placement.task().name(), _ -> new ArrayList<>()).add(placement);
      byNode.computeIfAbsent(placement.node().name(), _ -> new ArrayList<>()).add(placement);
      List<String> models = placement.task().request().models();
      if (!models.isEmpty() && !models.contains(placement.node().shape().model())) {
        violations.add(new Violation.WrongModel(placement));
      }
    }
    for (List<Placement> ofTask : byTask.values()) {
      if (ofTask.size() > 1) {
        violations.add(new Violation.PlacedTwice(ofTask.getFirst().task(), ofTask.size()));
      }
    }
    for (List<Placement> onNode : byNode.values()) {
      addOvercommitted(onNode.getFirst().node(), onNode, violations);
    }
    return violations;
  }

  private static void addOvercommitted(
      Node node, List<Placement> placements, List<Violation> violations) {
    long cpuMilli = 0;
    long memoryMib = 0;
    long[] deviceMilli = new long[DeviceSet.DEVICES_MAX];
    for (Placement placement : placements) {
      Request request = placement.task().request();
      cpuMilli += request.cpuMilli();
      memoryMib += request.memoryMib();
      for (int index : placement.devices().indices()) {
        deviceMilli[index] += request.gpuMilli();
      }
    }
    NodeShape shape = node.shape();
    check(node, new Resource.Cpu(), cpuMilli, shape.cpuMilli(), violations);
    check(node, new Resource.Memory(), memoryMib, shape.memoryMib(), violations);
    for (int index = 0; index < deviceMilli.length; index++) {
      long capacity = index < shape.gpus() ? DeviceSet.DEVICE_MILLI : 0;
      check(node, new Resource.Gpu(index), deviceMilli[index], capacity, violations);
    }
  }

  private static void check(
      Node node, Resource resource, long used, long capacity, List<Violation> violations) {
    if (used > capacity) {
      violations.add(new Violation.Overcommitted(node, resource, used, capacity));
    }
  }
}
