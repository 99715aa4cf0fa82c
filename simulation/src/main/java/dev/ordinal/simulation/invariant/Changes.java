package dev.ordinal.simulation.invariant;

import dev.ordinal.consensus.core.Stretch;
import dev.ordinal.consensus.core.Verdict;
import java.util.TreeSet;

/** Who asked for a change of the membership is told the truth: what is called decided is. */
public final class Changes {
  private static final String NAME = "whoever asks for a change is told the truth";

  private final Configurations configurations;
  private final TreeSet<Long> open = new TreeSet<>();

  Changes(Configurations configurations) {
    this.configurations = configurations;
  }

  /** Someone asked a process for a change, or for another leader. */
  public void onRequested(long ticket) {
    open.add(ticket);
  }

  /** Whether {@code ticket} is of a change, which has its last word now. */
  boolean onAnswer(long ticket, Verdict verdict) {
    if (!open.remove(ticket)) {
      return false;
    }
    if (verdict instanceof Verdict.Reconfigured(var configuration)) {
      Stretch decided = configurations.numbered(configuration.number());
      if (decided == null || !decided.configuration().equals(configuration)) {
        throw new Violation(
            NAME, "ticket %d: %s, decided is %s".formatted(ticket, verdict, decided));
      }
    }
    return true;
  }
}
