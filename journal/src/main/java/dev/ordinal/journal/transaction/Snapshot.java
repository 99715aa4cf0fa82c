package dev.ordinal.journal.transaction;

/** The state that a transaction was computed from: the one at {@code order} of {@code history}. */
public record Snapshot(long history, long order) {
  public Snapshot {
    Numbers.requireNatural("the order ID of a snapshot", order);
  }
}
