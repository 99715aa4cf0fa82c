package dev.ordinal.client;

/**
 * Names one unbroken line of order IDs. It changes when a store is restored from a backup; order
 * IDs of different histories must not be compared. {@link #ANY} (0) asks for no particular one.
 */
public record HistoryId(long value) {
  public static final HistoryId ANY = new HistoryId(0);

  @Override
  public String toString() {
    return Long.toHexString(value);
  }
}
