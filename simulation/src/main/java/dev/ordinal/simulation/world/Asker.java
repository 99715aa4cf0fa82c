package dev.ordinal.simulation.world;

import dev.ordinal.consensus.core.Verdict;

/** Who waits for the answer to one ticket. */
interface Asker {
  /** The command of {@code ticket} took effect in {@code slot}. */
  void acknowledge(long ticket, long slot);

  /** The read of {@code ticket} was shown the state of disk {@code number} at {@code slot}. */
  void show(long ticket, int number, long slot);

  void answer(long ticket, Verdict verdict);
}
