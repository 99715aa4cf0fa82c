package dev.ordinal.journal.store;

/**
 * What the state may take of the machine's memory.
 *
 * @param nativeBytes RocksDB's block cache, which the memtables are charged to
 * @param memtableBytes of them for writes that were not flushed yet, all column families together
 * @param hotBytes on the Java heap, for the newest versions of keys that are read
 * @param recentBytes on the Java heap, for the newest versions of keys that are written
 */
public record StateMemory(long nativeBytes, long memtableBytes, long hotBytes, long recentBytes) {
  private static final long MIB = 1L << 20;

  /** For a replica that stays under 512 MiB resident. */
  public static final StateMemory SMALL = new StateMemory(96 * MIB, 40 * MIB, 8 * MIB, 24 * MIB);

  /** For a machine of its own with a few GiB. */
  public static final StateMemory LARGE = new StateMemory(384 * MIB, 128 * MIB, 96 * MIB, 64 * MIB);

  public StateMemory {
    boolean caches = hotBytes >= 0 && recentBytes >= 0;
    if (memtableBytes < MIB || !caches || nativeBytes < 2 * memtableBytes) {
      throw new IllegalArgumentException(
          ("memtables need at least 1 MiB and at most half of the native bytes, was %d of %d;"
                  + " hot and recent versions need 0 bytes or more, was %d and %d")
              .formatted(memtableBytes, nativeBytes, hotBytes, recentBytes));
    }
  }
}
