package dev.ordinal.consensus.driver;

import dev.ordinal.consensus.core.Verdict;

/** Takes what consensus says to callers. Must not block: it runs on the driver's threads. */
@FunctionalInterface
public interface Answers {
  /**
   * The last word on {@code ticket}. A {@link Verdict.ReadableAt} comes when the slot is applied:
   * what is read after it is linearizable. It may come before {@link ReplicaDriver#propose} or
   * {@link ReplicaDriver#read} returns.
   */
  void answer(long ticket, Verdict verdict);
}
