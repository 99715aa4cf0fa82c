package dev.ordinal.scheduler.cluster;

import java.util.List;

/**
 * What a task asks for. Tasks with equal requests fit in the same places, so that what is known of
 * one holds for the others.
 *
 * @param cpuMilli thousandths of a core, 0 to {@link NodeShape#QUANTITY_MAX}
 * @param memoryMib mebibytes, 0 to {@link NodeShape#QUANTITY_MAX}
 * @param gpus number of devices, 0 to {@link DeviceSet#DEVICES_MAX}
 * @param gpuMilli thousandths of each of these devices: 0 without devices, 1 to 1000 for one device
 *     (less than 1000 is a share of it, never split over two), 1000 for several
 * @param models the GPU models that will do; none: any node. Kept sorted and distinct
 */
public record Request(long cpuMilli, long memoryMib, int gpus, int gpuMilli, List<String> models) {
  public Request {
    Check.range("cpuMilli", cpuMilli, 0, NodeShape.QUANTITY_MAX);
    Check.range("memoryMib", memoryMib, 0, NodeShape.QUANTITY_MAX);
    Check.range("gpus", gpus, 0, DeviceSet.DEVICES_MAX);
    int gpuMilliMin = gpus == 0 ? 0 : gpus == 1 ? 1 : DeviceSet.DEVICE_MILLI;
    int gpuMilliMax = gpus == 0 ? 0 : DeviceSet.DEVICE_MILLI;
    Check.argument(
        gpuMilli >= gpuMilliMin && gpuMilli <= gpuMilliMax,
        "gpuMilli must be %d to %d with %d devices, was %d",
        gpuMilliMin,
        gpuMilliMax,
        gpus,
        gpuMilli);
    models = models.stream().sorted().distinct().toList();
  }

  /** Thousandths of all devices together. */
  public long gpuTotalMilli() {
    return (long) gpus * gpuMilli;
  }

  /** Whether the task takes a part of one device and leaves the rest to others. */
  public boolean sharesDevice() {
    return gpus == 1 && gpuMilli < DeviceSet.DEVICE_MILLI;
  }
}
