package dev.ordinal.journal.retention;

/** What a decided command does to {@link Retention}. */
public sealed interface RetentionChange {
  /** From now on {@code policy} says how much is kept. */
  record SetPolicy(RetentionPolicy policy) implements RetentionChange {}

  /** Raises the floor to {@code order}, or as far as holds and the last order ID allow. */
  record MoveFloor(long order) implements RetentionChange {}

  /**
   * Places a hold, in the stead of one of the same name.
   *
   * @param leaseMillis after which it ends by itself; 0: it has to be released
   */
  record PlaceHold(String name, long order, long leaseMillis) implements RetentionChange {
    public PlaceHold {
      if (order < 0 || leaseMillis < 0) {
        throw new IllegalArgumentException(
            "a hold needs an order ID and a lease from 0 to 2^63 - 1, were %s and %s"
                .formatted(Long.toUnsignedString(order), Long.toUnsignedString(leaseMillis)));
      }
    }
  }

  /** Takes a hold away, if it is there. */
  record ReleaseHold(String name) implements RetentionChange {}
}
