package dev.ordinal.server.replica;

import dev.ordinal.consensus.core.Verdict;

/** Who waits to read linearizably; called as a {@link Caller} is. */
public interface Reader {
  /** From now on the state holds every commit that was acknowledged before the read began. */
  void readable();

  /** The read cannot be linearizable here. */
  void refused(Verdict verdict);
}
