package dev.ordinal.journal.transaction;

/** Checks of numbers that come from outside. */
final class Numbers {
  private Numbers() {}

  /** Throws {@link IllegalArgumentException} if {@code value} is negative (as signed). */
  static void requireNatural(String what, long value) {
    if (value < 0) {
      throw new IllegalArgumentException(
          "%s must be from 0 to 2^63 - 1, was %s".formatted(what, Long.toUnsignedString(value)));
    }
  }

  /** Throws {@link IllegalArgumentException} unless {@code millis} can be a time to live. */
  static void requireTtl(long millis) {
    requireWithin("ttl_millis", millis, 1, Limits.TTL_MILLIS_MAX);
  }

  /** Throws {@link IllegalArgumentException} unless {@code low <= value <= high}. */
  static void requireWithin(String what, long value, long low, long high) {
    if (value < low || value > high) {
      throw new IllegalArgumentException(
          "%s must be from %s to %s, was %s"
              .formatted(what, Long.toString(low), Long.toString(high), Long.toString(value)));
    }
  }
}
