package dev.ordinal.simulation.invariant;

/** Something that must never happen has happened. */
public final class Violation extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String invariant;

  /** {@code detail} says which values contradict the property. */
  public Violation(String invariant, String detail) {
    super(invariant + ": " + detail);
    this.invariant = invariant;
  }

  /** What ended the run was not a check of the simulator but {@code cause}, thrown by the core. */
  public Violation(String invariant, RuntimeException cause) {
    super(invariant + ": " + cause, cause);
    this.invariant = invariant;
  }

  /** The name of the property, as {@code docs/invariants.md} has it. */
  public String invariant() {
    return invariant;
  }
}
