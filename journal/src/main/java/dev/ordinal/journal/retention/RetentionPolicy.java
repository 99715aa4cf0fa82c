package dev.ordinal.journal.retention;

/**
 * How much of the past is kept. What exceeds any of the bounds may go; 0 is no bound.
 *
 * @param ordersMax order IDs after the floor
 * @param bytesMax of the records after the floor
 */
public record RetentionPolicy(long ordersMax, long bytesMax) {
  /** What a store begins with: about a day of a thousand heartbeats each ten seconds, halved. */
  public static final RetentionPolicy STANDARD = new RetentionPolicy(4L << 20, 2L << 30);

  public static final RetentionPolicy EVERYTHING = new RetentionPolicy(0, 0);

  public RetentionPolicy {
    if (ordersMax < 0 || bytesMax < 0) {
      throw new IllegalArgumentException(
          "bounds of retention must be 0 (none) or more, were %d order IDs and %d bytes"
              .formatted(ordersMax, bytesMax));
    }
  }
}
