package dev.ordinal.journal.model;

import dev.ordinal.journal.outcome.Outcome;
import dev.ordinal.journal.transaction.Command;

/** The clock as the contract tells it: a tick counts if nothing has marked time since. */
final class ModelClock {
  private long millis;
  private long lastMark;

  Outcome tick(long slot, Command.Tick tick) {
    if (tick.since() != lastMark) {
      return new Outcome.TickOutdated(lastMark);
    }
    millis += tick.elapsedMillis();
    lastMark = slot;
    return new Outcome.ClockMarked(slot, millis);
  }

  Outcome barrier(long slot) {
    lastMark = slot;
    return new Outcome.ClockMarked(slot, millis);
  }
}
