package dev.ordinal.journal.store;

import java.io.Serial;

/** A state directory cannot be used as asked; the message says why and what to do. */
public final class StateRefused extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  /** Why, for the exit code. */
  public enum Reason {
    /** There is no state in it; a server never formats by itself. */
    UNFORMATTED,
    /** There is a state in it already. */
    NOT_EMPTY,
    /** It belongs to another cluster or another history. */
    OTHER_OWNER,
    /** It was written by a newer version. */
    NEWER_FORMAT,
    /** Another process has it open. */
    IN_USE,
    /** Its files are damaged or incomplete. */
    DAMAGED
  }

  private final Reason reason;

  StateRefused(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
