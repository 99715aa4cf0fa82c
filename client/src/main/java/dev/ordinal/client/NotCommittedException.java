package dev.ordinal.client;

/** Thrown by {@link Outcome#orThrow} for a transaction that is not known to have taken effect. */
public final class NotCommittedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Outcome outcome;

  NotCommittedException(Outcome outcome) {
    super("not committed: " + outcome);
    this.outcome = outcome;
  }

  public Outcome outcome() {
    return outcome;
  }
}
