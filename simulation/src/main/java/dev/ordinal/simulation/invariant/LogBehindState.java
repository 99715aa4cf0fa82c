package dev.ordinal.simulation.invariant;

import java.util.Map;
import java.util.TreeMap;

/**
 * I23: a log begins no later than what a durable state has applied, or a snapshot that waits to be
 * installed: a crash at any moment leaves a state that the log goes on from.
 */
public final class LogBehindState implements Invariant {
  private static final String NAME = "I23 the log reaches back to a durable state";

  private final Map<Integer, Long> durable = new TreeMap<>();
  private final Map<Integer, Long> staged = new TreeMap<>();

  /** The state of {@code member} is durable through {@code slot}. */
  public void onStateDurable(int member, long slot) {
    durable.put(member, slot);
  }

  /** A snapshot through {@code slot} is durable beside the state of {@code member}; 0: none is. */
  public void onStaged(int member, long slot) {
    staged.put(member, slot);
  }

  @Override
  public void onDurable(int member, DiskFacts disk) {
    long told = Math.max(durable.getOrDefault(member, 0L), staged.getOrDefault(member, 0L));
    if (disk.base().slot() > told) {
      throw new Violation(
          NAME,
          "the log of member %d begins behind %d, its state is durable through %d"
              .formatted(member, disk.base().slot(), told));
    }
  }
}
