package dev.ordinal.simulation.invariant;

import dev.ordinal.consensus.core.Effect;
import dev.ordinal.consensus.entry.LoggedEntry;

/** I1: one value per decided slot, on all replicas and for ever. */
final class Agreement implements Invariant {
  private static final String NAME = "I1 agreement";

  private final Decisions decisions;
  private final Leaderships leaderships;
  private final Configurations configurations;

  Agreement(Decisions decisions, Leaderships leaderships, Configurations configurations) {
    this.decisions = decisions;
    this.leaderships = leaderships;
    this.configurations = configurations;
  }

  @Override
  public void onStep(Step step) {
    for (Effect effect : step.effects()) {
      if (effect instanceof Effect.Apply(LoggedEntry logged, var _, long _)) {
        onDecided(step.member(), logged);
      }
    }
  }

  private void onDecided(int member, LoggedEntry logged) {
    long slot = logged.slot();
    if (slot > decisions.through() + 1) {
      throw new Violation(
          NAME,
          "member %d decides slot %d, %d is open".formatted(member, slot, decisions.through() + 1));
    }
    if (slot == decisions.through() + 1) {
      decisions.add(logged, leaderships.lastOf(member));
      configurations.onDecided(logged);
    } else if (!decisions.at(slot).equals(logged)) {
      throw new Violation(
          NAME,
          "member %d decides %s, before it was %s".formatted(member, logged, decisions.at(slot)));
    }
  }
}
