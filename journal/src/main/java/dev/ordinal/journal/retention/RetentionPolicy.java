package dev.ordinal.journal.retention;

/**
 * How much of the past is kept. What exceeds any of the bounds may go; 0 is no bound.
 *
 * @param ordersMax order IDs after the floor
 * @param bytesMax of the records after the floor, each as {@code RecordSize} counts it
 * @param ageMillisMax how long ago, in replicated time, can still be read
 */
public record RetentionPolicy(long ordersMax, long bytesMax, long ageMillisMax) {
  /** What a store begins with. */
  public static final RetentionPolicy STANDARD =
      new RetentionPolicy(4L << 20, 2L << 30, 86_400_000);

  public RetentionPolicy {
    if (ordersMax < 0 || bytesMax < 0 || ageMillisMax < 0) {
      throw new IllegalArgumentException(
          "bounds of retention are 0 (none) or more, were %d order IDs, %d bytes, %d milliseconds"
              .formatted(ordersMax, bytesMax, ageMillisMax));
    }
  }
}
