package dev.ordinal.cli;

/** How a verb of {@code ordinal} ends; {@code docs/cli.md} has the table. */
public enum ExitCode {
  OK(0),
  /** The store judged it and refused it: a conflict, a guard, a bound. */
  REFUSED(1),
  /** The arguments, or a file they name, are not right. Nothing was sent. */
  USAGE(2),
  /** No replica, or no leader, answered in time. Nothing was changed. */
  UNAVAILABLE(3),
  /** A key that was asked for does not exist. */
  NOT_FOUND(4),
  /** It was sent, and no answer came: it may have taken effect. */
  UNKNOWN(5),
  /** What was done is not what the store says it is. */
  NOT_VERIFIED(6),
  /** The order ID is not kept any more, or has not been reached. */
  OUT_OF_RANGE(7),
  /** A fault of this program. */
  INTERNAL(70);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }
}
