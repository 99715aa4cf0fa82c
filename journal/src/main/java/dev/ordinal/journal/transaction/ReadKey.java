package dev.ordinal.journal.transaction;

/** {@code key} was read, or found absent, in the state at order ID {@code at}. */
public record ReadKey(Key key, long at) {
  public ReadKey {
    Numbers.requireNatural("the order ID of a read", at);
  }
}
