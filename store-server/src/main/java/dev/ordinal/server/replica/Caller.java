package dev.ordinal.server.replica;

import dev.ordinal.consensus.core.Verdict;
import dev.ordinal.journal.outcome.Outcome;

/**
 * Who waits for what becomes of a command. Exactly one of the methods is called, once, unless the
 * process ends first; from a thread of the driver, so neither may block.
 */
public interface Caller {
  /** Returns the bundle that the outcome joined; it is sent when no more outcomes are at hand. */
  Bundle decided(Outcome outcome);

  /** Consensus has the last word: never a {@link Verdict.ReadableAt}. */
  void refused(Verdict verdict);
}
