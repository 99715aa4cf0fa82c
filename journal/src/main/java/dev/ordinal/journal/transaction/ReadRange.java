package dev.ordinal.journal.transaction;

/** All of {@code range}, absent keys included, was read in the state at order ID {@code at}. */
public record ReadRange(KeyRange range, long at) {
  public ReadRange {
    Numbers.requireNatural("the order ID of a read", at);
  }
}
