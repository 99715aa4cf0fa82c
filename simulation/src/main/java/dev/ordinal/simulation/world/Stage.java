package dev.ordinal.simulation.world;

import dev.ordinal.simulation.conditions.Chance;
import dev.ordinal.simulation.conditions.Conditions;
import dev.ordinal.simulation.invariant.Oracle;
import dev.ordinal.simulation.trace.Coverage;
import dev.ordinal.simulation.trace.Trace;

/** What all parts of one run share, and whether faults still happen. */
final class Stage {
  /** In calm nothing takes longer than that. */
  private static final long CALM_DELAY_MAX = 50;

  private final Conditions conditions;
  private final Oracle oracle;
  private final Trace trace;
  private final Coverage coverage;
  private final Agenda agenda = new Agenda();
  private boolean calm;

  Stage(Conditions conditions, Oracle oracle, Trace trace, Coverage coverage) {
    this.conditions = conditions;
    this.oracle = oracle;
    this.trace = trace;
    this.coverage = coverage;
  }

  Conditions conditions() {
    return conditions;
  }

  Agenda agenda() {
    return agenda;
  }

  Oracle oracle() {
    return oracle;
  }

  Trace trace() {
    return trace;
  }

  Coverage coverage() {
    return coverage;
  }

  boolean isCalm() {
    return calm;
  }

  /** From now on nothing goes wrong and nothing takes long. */
  void calmDown() {
    calm = true;
    trace.surroundings(agenda.now(), 0, "calm");
  }

  /** How long something takes: {@code max} at most, and little in calm. */
  long delay(Chance chance, long max) {
    return chance.between(0L, calm ? Math.min(max, CALM_DELAY_MAX) : max);
  }

  /** Whether a fault that has this chance happens now; never in calm. */
  boolean strikes(Chance chance, int perMillion) {
    return !calm && chance.happens(perMillion);
  }

  /** Something goes wrong around {@code member}; 0 for all. */
  void fault(int member, String what) {
    coverage.fault(what);
    trace.surroundings(agenda.now(), member, what);
  }
}
