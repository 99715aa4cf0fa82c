package dev.ordinal.client;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long to wait before the next attempt: doubles from 10 ms to 500 ms, of which a random half is
 * taken off, so that clients that failed together do not come back together.
 */
final class Backoff {
  private static final long MILLIS_MIN = 10;
  private static final long MILLIS_MAX = 500;

  private int failures;

  Duration next() {
    long ceiling = Math.min(MILLIS_MAX, MILLIS_MIN << Math.min(failures, 16));
    failures++;
    long millis = ceiling - ThreadLocalRandom.current().nextLong(ceiling / 2 + 1);
    return Duration.ofMillis(millis);
  }

  void reset() {
    failures = 0;
  }
}
