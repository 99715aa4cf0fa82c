package dev.ordinal.scheduler.cluster;

/**
 * A task on a node.
 *
 * @param devices the devices it takes its share of, or takes whole
 */
public record Placement(Task task, Node node, DeviceSet devices) {
  public Placement {
    Check.argument(
        devices.size() == task.request().gpus(),
        "task %s asks for %d devices, not for the %d of {%s}",
        task.name(),
        task.request().gpus(),
        devices.size(),
        devices);
    Check.argument(
        devices.mask() >>> node.shape().gpus() == 0,
        "node %s has %d devices, none of them is the last of {%s}",
        node.name(),
        node.shape().gpus(),
        devices);
  }
}
