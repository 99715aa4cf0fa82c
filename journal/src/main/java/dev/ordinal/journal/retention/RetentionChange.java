package dev.ordinal.journal.retention;

/** What a decided command does to {@link Retention}. */
public sealed interface RetentionChange {
  /** From now on {@code policy} says how much is kept. */
  record SetPolicy(RetentionPolicy policy) implements RetentionChange {}

  /** Raises the floor to {@code order}, or as far as holds and the last order ID allow. */
  record MoveFloor(long order) implements RetentionChange {}

  /** Places {@code hold}, in the stead of one of the same name. */
  record PlaceHold(Hold hold) implements RetentionChange {}

  /** Takes a hold away, if it is there. */
  record ReleaseHold(String name) implements RetentionChange {}
}
