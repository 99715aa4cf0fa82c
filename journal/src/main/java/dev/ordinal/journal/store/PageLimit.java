package dev.ordinal.journal.store;

import dev.ordinal.journal.record.KeyState;
import dev.ordinal.journal.transaction.Value;

/**
 * When a page ends: with {@code rowsMax} rows, or with the row whose key and value reach {@code
 * bytesMax}. A page has at least one row if there is one.
 */
public record PageLimit(int rowsMax, long bytesMax) {
  public PageLimit {
    if (rowsMax < 1 || bytesMax < 1) {
      throw new IllegalArgumentException(
          "a page must allow at least 1 row and 1 byte, was %d and %d"
              .formatted(rowsMax, bytesMax));
    }
  }

  /** What {@code state} counts as. */
  public static long bytesOf(KeyState state) {
    return state instanceof KeyState.Stored(Value value) ? value.length() : 3 * Long.BYTES;
  }
}
