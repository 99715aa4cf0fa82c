package dev.ordinal.consensus.log;

import java.io.Serial;

/** A data directory cannot be used as asked; the message says why and what to do. */
public final class DirectoryRefused extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  /** Why, for the exit code. */
  public enum Reason {
    /** There is no identity in it; a server never formats by itself. */
    UNFORMATTED,
    /** There is something in it that a format would destroy. */
    NOT_EMPTY,
    /** It belongs to another cluster or another node. */
    OTHER_OWNER,
    /** It was written by another version, in a format that this one does not read. */
    OTHER_FORMAT,
    /** Neither copy of the identity is intact. */
    UNREADABLE,
    /** Another process has it open. */
    IN_USE
  }

  private final Reason reason;

  DirectoryRefused(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
