package dev.ordinal.scheduler.cluster;

/** One thing of a node that is divided among tasks: each is a counter of its own in the store. */
public sealed interface Resource {
  /** In thousandths of a core. */
  record Cpu() implements Resource {}

  /** In mebibytes. */
  record Memory() implements Resource {}

  /**
   * In thousandths of the device.
   *
   * @param index from 0 to {@link DeviceSet#DEVICES_MAX} - 1
   */
  record Gpu(int index) implements Resource {
    public Gpu {
      Check.range("device index", index, 0, DeviceSet.DEVICES_MAX - 1);
    }
  }
}
