package dev.ordinal.scheduler.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/**
 * Some of the GPU devices of one node, by index.
 *
 * @param mask bit i stands for device i
 */
public record DeviceSet(long mask) {
  /** Thousandths that one device consists of. */
  public static final int DEVICE_MILLI = 1000;

  /** How many devices a node may have. */
  public static final int DEVICES_MAX = 32;

  public static final DeviceSet EMPTY = new DeviceSet(0);

  public DeviceSet {
    Check.range("mask", mask, 0, (1L << DEVICES_MAX) - 1);
  }

  /**
   * The devices with these indices.
   *
   * @throws IllegalArgumentException if an index is not below {@link #DEVICES_MAX} or named twice
   */
  public static DeviceSet of(List<Integer> indices) {
    long mask = 0;
    for (int index : indices) {
      Check.range("device index", index, 0, DEVICES_MAX - 1);
      Check.argument((mask & (1L << index)) == 0, "device %d is named twice", index);
      mask |= 1L << index;
    }
    return new DeviceSet(mask);
  }

  public int size() {
    return Long.bitCount(mask);
  }

  /** Ascending. */
  public List<Integer> indices() {
    List<Integer> indices = new ArrayList<>(size());
    for (long rest = mask; rest != 0; rest &= rest - 1) {
      indices.add(Long.numberOfTrailingZeros(rest));
    }
    return List.copyOf(indices);
  }

  /** The indices, ascending, joined with {@code ;}: {@code 0;3}. */
  @Override
  public String toString() {
    StringJoiner joined = new StringJoiner(";");
    indices().forEach(index -> joined.add(Integer.toString(index)));
    return joined.toString();
  }
}
