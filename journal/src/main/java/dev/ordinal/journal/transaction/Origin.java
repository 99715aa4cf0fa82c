package dev.ordinal.journal.transaction;

/**
 * Where a transaction belongs in its session. A pair (session, sequence) is evaluated at most once;
 * the client knows the outcome of every sequence through {@code acknowledgedThrough}.
 */
public record Origin(long session, long sequence, long acknowledgedThrough) {
  /** No session: a repeat is a new transaction. */
  public static final Origin NONE = new Origin(0, 0, 0);

  public Origin {
    Numbers.requireNatural("a session", session);
    Numbers.requireNatural("a sequence", sequence);
    Numbers.requireNatural("acknowledged_through", acknowledgedThrough);
    if (session != 0 && acknowledgedThrough >= sequence) {
      throw new IllegalArgumentException(
          "acknowledged_through must be below the sequence: "
              + acknowledgedThrough
              + ", sequence "
              + sequence);
    }
  }

  public boolean hasSession() {
    return session != 0;
  }
}
