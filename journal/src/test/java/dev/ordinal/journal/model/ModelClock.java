package dev.ordinal.journal.model;

import dev.ordinal.journal.outcome.Outcome;
import dev.ordinal.journal.transaction.Command;

/** The clock as the contract tells it: a tick counts if nothing has marked time since. */
final class ModelClock {
  private long millis;
  private long lastMark;
  private long graceUntil;

  long millis() {
    return millis;
  }

  /** Whether what was to end at {@code until} has ended. */
  boolean hasEnded(long until) {
    return until <= millis && graceUntil <= millis;
  }

  Outcome tick(long slot, Command.Tick tick) {
    if (tick.since() != lastMark) {
      return new Outcome.TickOutdated(lastMark);
    }
    millis += tick.elapsedMillis();
    graceUntil = Math.max(graceUntil, millis + tick.graceMillis());
    lastMark = slot;
    return new Outcome.ClockMarked(slot, millis);
  }

  /** Nothing ends at present. */
  boolean isGrace() {
    return millis < graceUntil;
  }

  Outcome barrier(long slot) {
    lastMark = slot;
    return new Outcome.ClockMarked(slot, millis);
  }
}
