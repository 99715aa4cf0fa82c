package dev.ordinal.server.replica;

import dev.ordinal.journal.outcome.Outcome;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** What this process has applied, and sent away, since it started. */
public final class Counts {
  private final LongAdder committed = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final LongAdder batches = new LongAdder();
  private final LongAdder refusedAtDoor = new LongAdder();

  void applied(List<Outcome> outcomes) {
    long commits = 0;
    long refusals = 0;
    for (Outcome outcome : outcomes) {
      switch (outcome) {
        case Outcome.Committed _ -> commits++;
        case Outcome.SessionOpened _,
            Outcome.SessionClosed _,
            Outcome.ClockMarked _,
            Outcome.TickOutdated _,
            Outcome.Retains _ -> {}
        case Outcome.Refused _,
            Outcome.TooOld _,
            Outcome.OutOfRange _,
            Outcome.SessionUnknown _,
            Outcome.SequenceForgotten _,
            Outcome.Malformed _,
            Outcome.HoldRefused _ ->
            refusals++;
      }
    }
    committed.add(commits);
    refused.add(refusals);
    batches.increment();
  }

  void refuseAtDoor() {
    refusedAtDoor.increment();
  }

  /** Transactions that took effect. */
  public long committed() {
    return committed.sum();
  }

  /** Transactions that did not. */
  public long refused() {
    return refused.sum();
  }

  /** Transactions that were sent away before they entered the log. */
  public long refusedAtDoor() {
    return refusedAtDoor.sum();
  }

  /** Slots. */
  public long batches() {
    return batches.sum();
  }
}
