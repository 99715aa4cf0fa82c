package dev.ordinal.client;

import java.time.Duration;

/** Since when a replica has done nothing but refuse for want of room. */
final class Refusing {
  private boolean refusing;
  private long sinceNanos;

  void answered(boolean overloaded, long nowNanos) {
    if (overloaded && !refusing) {
      sinceNanos = nowNanos;
    }
    refusing = overloaded;
  }

  /** What was refused is settled, or was sent elsewhere: the next answer counts from itself on. */
  void forget() {
    refusing = false;
  }

  boolean lasts(Duration span, long nowNanos) {
    return refusing && nowNanos - sinceNanos >= span.toNanos();
  }
}
