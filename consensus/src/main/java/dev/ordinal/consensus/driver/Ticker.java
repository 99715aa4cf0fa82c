package dev.ordinal.consensus.driver;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Says when a tick is due. Ticks that were missed are not made up for: a process that was paused
 * could not have heard its leader meanwhile.
 */
final class Ticker {
  private final long periodNanos;
  private final LongSupplier nanoClock;
  private long dueNanos;

  Ticker(Duration period, LongSupplier nanoClock) {
    this.periodNanos = period.toNanos();
    this.nanoClock = nanoClock;
    this.dueNanos = nanoClock.getAsLong() + periodNanos;
  }

  /** Answers true once a period. */
  boolean due() {
    long now = nanoClock.getAsLong();
    if (now - dueNanos < 0) {
      return false;
    }
    dueNanos += periodNanos;
    if (now - dueNanos >= 0) {
      dueNanos = now + periodNanos;
    }
    return true;
  }

  /** How long until the next one; 0 if it is due. */
  long nanosUntilDue() {
    return Math.max(0, dueNanos - nanoClock.getAsLong());
  }
}
