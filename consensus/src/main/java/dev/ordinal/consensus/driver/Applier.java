package dev.ordinal.consensus.driver;

import dev.ordinal.consensus.entry.LogPoint;
import dev.ordinal.consensus.entry.LoggedEntry;
import java.util.List;

/**
 * The state machine, as the driver sees it. All calls but {@link #applied} come from one thread,
 * after those of {@link ReplicaDriver#start}. What it throws halts the process.
 */
public interface Applier {
  /** What the state machine has applied when the driver starts. */
  LogPoint applied();

  /**
   * Applies the next slot, without gaps. When this returns, readers see its effects.
   *
   * @param tickets who proposed the commands of a batch, in their order; empty if this replica did
   *     not. The applier owes each of them an answer
   */
  void apply(LoggedEntry logged, List<Long> tickets);

  /** Nothing more waits to be applied: the moment to send off gathered answers. */
  default void caughtUp() {}
}
