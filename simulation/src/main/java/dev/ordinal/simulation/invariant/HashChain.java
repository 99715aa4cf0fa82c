package dev.ordinal.simulation.invariant;

/** I10: the hash of every decided slot follows from the one before; so equal hash, equal log. */
final class HashChain implements Invariant {
  private static final String NAME = "I10 hash chain";

  private final Decisions decisions;
  private long checkedThrough;

  HashChain(Decisions decisions) {
    this.decisions = decisions;
  }

  @Override
  public void onStep(Step step) {
    while (checkedThrough < decisions.through()) {
      long slot = checkedThrough + 1;
      if (!decisions.at(slot).follows(decisions.hashThrough(checkedThrough))) {
        throw new Violation(
            NAME, "slot %d: %s does not follow".formatted(slot, decisions.at(slot)));
      }
      checkedThrough = slot;
    }
  }
}
