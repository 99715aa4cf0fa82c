package dev.ordinal.simulation.world;

import dev.ordinal.consensus.core.Verdict;

/** Those who wait for answers. A process that ends answers nothing any more. */
interface Callers {
  /** The command of {@code ticket} took effect in {@code slot}. */
  void acknowledge(long ticket, long slot);

  /** The read of {@code ticket} was shown the state of disk {@code number} at {@code slot}. */
  void show(long ticket, int number, long slot);

  /** The last word on {@code ticket}, other than the two above. */
  void answer(long ticket, Verdict verdict);
}
