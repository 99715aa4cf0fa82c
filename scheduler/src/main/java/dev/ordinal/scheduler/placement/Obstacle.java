package dev.ordinal.scheduler.placement;

/** The first check that a task fails on a node, in the order in which they are made. */
public sealed interface Obstacle {
  /** The node's GPU model is not one of those asked for. */
  record Spec(String model) implements Obstacle {}

  /** Thousandths of a core. */
  record Cpu(long wantedMilli, long freeMilli) implements Obstacle {}

  /** Mebibytes. */
  record Memory(long wantedMib, long freeMib) implements Obstacle {}

  /**
   * Too few devices, or none with a large enough part free.
   *
   * @param freeMilli thousandths that are free on all devices together; it may be enough and still
   *     lie in too small pieces
   */
  record Gpu(int wantedDevices, int wantedMilliEach, long freeMilli) implements Obstacle {}

  /** Nothing stands in the way. */
  record None() implements Obstacle {}
}
