package dev.ordinal.scheduler.cluster;

/** Something that cannot happen has happened: the program is wrong, its input is not to blame. */
public final class InvariantViolation extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  public InvariantViolation(String message) {
    super(message);
  }
}
