package dev.ordinal.journal.validation;

/**
 * What verdicts can be given for.
 *
 * @param order the oldest order ID that a transaction may have read; it only rises
 */
public record Horizon(long order, Limits limits) {
  /**
   * How far the horizon may trail the last order ID, whichever is less: the same on every replica,
   * since verdicts depend on it.
   *
   * @param ordersMax order IDs after the horizon
   * @param bytesMax of the keys written after the horizon, each at {@link #bytesOf}
   */
  public record Limits(long ordersMax, long bytesMax) {
    public static final Limits STANDARD = new Limits(1 << 20, 256L << 20);
    public static final Limits SMALL = new Limits(1 << 16, 16L << 20);

    /** What an index needs beside the bytes of a key, rounded; part of the contract. */
    private static final int KEY_OVERHEAD_BYTES = 128;

    public Limits {
      if (ordersMax < 1 || bytesMax < 1) {
        throw new IllegalArgumentException(
            "the horizon must span at least 1 order ID and 1 byte, was %d and %d"
                .formatted(ordersMax, bytesMax));
      }
    }

    /** What one written key with {@code keyBytes} bytes takes of {@link #bytesMax}. */
    public static long bytesOf(int keyBytes) {
      return (long) keyBytes + KEY_OVERHEAD_BYTES;
    }
  }
}
