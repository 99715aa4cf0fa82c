package dev.ordinal.simulation.explore;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an exploration came to.
 *
 * @param depth how many moves lead to the state that was visited last, each by a shortest way
 * @param complete every state of the scope was visited
 * @param marks how many states there were of each kind
 * @param wrong null if every visited state is as it must be
 */
public record Exploration(
    Scope scope,
    Sizes sizes,
    int depth,
    boolean complete,
    Map<Mark, Long> marks,
    @Nullable Counterexample wrong) {
  public Exploration {
    marks = Collections.unmodifiableMap(new EnumMap<>(marks));
  }

  /**
   * How much was looked at.
   *
   * @param states of the group, all different
   * @param moves that were tried from them
   * @param memberStates of single members
   * @param memberSteps that the core took, each once
   * @param messages that were ever sent, all different
   */
  public record Sizes(long states, long moves, int memberStates, int memberSteps, int messages) {}
}
