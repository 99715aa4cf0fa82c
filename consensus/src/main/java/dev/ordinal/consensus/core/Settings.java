package dev.ordinal.consensus.core;

/**
 * Every time and bound that the core obeys. All members of a group should use the same.
 *
 * @param timing in ticks
 * @param commandBytesMax the largest command; larger ones are refused
 * @param batch one entry of commands; a command above its bytes travels alone
 * @param queue commands that wait at the leader to be logged; reads have the same count
 * @param window undecided entries at the leader (W): bounds tails, promises and Syncs
 * @param recent decided entries kept in memory, so that slightly late members need no disk
 * @param pipeline entries under way to one member
 * @param appliedLagMax decided entries that the state machine may be behind before this replica
 *     takes no further ones; bounds what the shell must hold
 * @param logBytesMax of the log that are kept for the slowest member, besides what this member
 *     itself still needs; one that is further behind gets a snapshot
 */
public record Settings(
    Timing timing,
    int commandBytesMax,
    Bounds batch,
    Bounds queue,
    Bounds window,
    Bounds recent,
    Bounds pipeline,
    int appliedLagMax,
    long logBytesMax) {
  /** Writes that may be under way at once: one that the disk works on and one that waits. */
  public static final int GROUPS_MAX = 2;

  public static final Settings DEFAULT =
      new Settings(
          Timing.DEFAULT,
          (4 << 20) + (64 << 10),
          new Bounds(512, 1 << 20),
          new Bounds(20_000, 16 << 20),
          new Bounds(32, 16 << 20),
          new Bounds(64, 8 << 20),
          new Bounds(64, 8 << 20),
          128,
          1L << 30);

  public Settings {
    if (commandBytesMax < 1 || commandBytesMax > window.bytesMax() / 2) {
      throw new IllegalArgumentException(
          "commandBytesMax must be 1 to half the window's bytes %d, was %d"
              .formatted(window.bytesMax() / 2, commandBytesMax));
    }
    if (batch.bytesMax() > window.bytesMax() / 2) {
      throw new IllegalArgumentException(
          "a batch of %d bytes must fit twice into the window of %d bytes"
              .formatted(batch.bytesMax(), window.bytesMax()));
    }
    if (appliedLagMax < window.countMax()) {
      throw new IllegalArgumentException(
          "appliedLagMax must be at least the window's %d entries, was %d"
              .formatted(window.countMax(), appliedLagMax));
    }
    if (logBytesMax < 1) {
      throw new IllegalArgumentException("logBytesMax must be positive, was " + logBytesMax);
    }
  }

  public Settings withTiming(Timing changed) {
    return new Settings(
        changed,
        commandBytesMax,
        batch,
        queue,
        window,
        recent,
        pipeline,
        appliedLagMax,
        logBytesMax);
  }
}
