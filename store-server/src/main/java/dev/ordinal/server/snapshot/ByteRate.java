package dev.ordinal.server.snapshot;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** So many bytes a second, all together. Unused time is not saved up. */
final class ByteRate {
  private final long bytesPerSecond;
  private final LongSupplier nanoClock;
  private long freeAtNanos;

  ByteRate(long bytesPerSecond, LongSupplier nanoClock) {
    this.bytesPerSecond = bytesPerSecond;
    this.nanoClock = nanoClock;
    this.freeAtNanos = nanoClock.getAsLong();
  }

  /** Returns when {@code bytes} may be sent. */
  void take(int bytes) throws InterruptedException {
    TimeUnit.NANOSECONDS.sleep(nanosUntil(bytes));
  }

  /** Books {@code bytes}; answers how long their sender has to wait before. */
  synchronized long nanosUntil(int bytes) {
    long now = nanoClock.getAsLong();
    long start = freeAtNanos - now > 0 ? freeAtNanos : now;
    freeAtNanos = start + TimeUnit.SECONDS.toNanos(bytes) / bytesPerSecond;
    return start - now;
  }
}
