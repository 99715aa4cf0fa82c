package dev.ordinal.scheduler.cluster;

/**
 * What a machine offers before anything runs on it. Each GPU device offers {@link
 * DeviceSet#DEVICE_MILLI} thousandths.
 *
 * @param cpuMilli thousandths of a core, 0 to {@link #QUANTITY_MAX}
 * @param memoryMib mebibytes, 0 to {@link #QUANTITY_MAX}
 * @param gpus number of GPU devices, 0 to {@link DeviceSet#DEVICES_MAX}
 * @param model the model of the GPUs; empty where there are none or it is not known
 */
public record NodeShape(long cpuMilli, long memoryMib, int gpus, String model) {
  /** So that a quantity can be scaled by a million within a {@code long}. */
  public static final long QUANTITY_MAX = 1_000_000_000_000L;

  public NodeShape {
    Check.range("cpuMilli", cpuMilli, 0, QUANTITY_MAX);
    Check.range("memoryMib", memoryMib, 0, QUANTITY_MAX);
    Check.range("gpus", gpus, 0, DeviceSet.DEVICES_MAX);
  }

  /** Thousandths of all devices together. */
  public long gpuMilli() {
    return (long) gpus * DeviceSet.DEVICE_MILLI;
  }
}
