package dev.ordinal.client;

import java.time.Duration;

/** The bounds of times to live. */
final class LeaseTimes {
  private static final long MILLIS_MAX = 366L * 24 * 60 * 60 * 1000;

  private LeaseTimes() {}

  static long checkedMillis(Duration ttl) {
    long millis = ttl.toMillis();
    if (millis < 1 || millis > MILLIS_MAX) {
      throw new IllegalArgumentException("a time to live is from 1 ms to 366 days, was " + ttl);
    }
    return millis;
  }
}
