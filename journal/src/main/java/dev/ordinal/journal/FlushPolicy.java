package dev.ordinal.journal;

import java.time.Duration;

/**
 * When the state is made durable: whichever comes first. Until then the log must keep the slots.
 *
 * @param bytesMax of applied commands
 * @param ageMax of the oldest slot that is not durable
 */
public record FlushPolicy(long bytesMax, Duration ageMax) {
  public static final FlushPolicy STANDARD = new FlushPolicy(64L << 20, Duration.ofSeconds(30));

  public FlushPolicy {
    if (bytesMax < 1 || ageMax.isNegative() || ageMax.isZero()) {
      throw new IllegalArgumentException(
          "a flush needs at least 1 byte and a positive age, was %d and %s"
              .formatted(bytesMax, ageMax));
    }
  }
}
