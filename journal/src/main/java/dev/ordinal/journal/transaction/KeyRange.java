package dev.ordinal.journal.transaction;

import org.jspecify.annotations.Nullable;

/** The keys from {@code start} up to but not including {@code end}; without end, all from start. */
public record KeyRange(Key start, @Nullable Key end) {
  public static final KeyRange EVERYTHING = new KeyRange(Key.EMPTY, null);

  public KeyRange {
    if (end != null && end.compareTo(start) < 0) {
      throw new IllegalArgumentException(
          "a range must not end before its start: start %s, end %s".formatted(start, end));
    }
  }

  public boolean contains(Key key) {
    return key.compareTo(start) >= 0 && (end == null || key.compareTo(end) < 0);
  }
}
