package dev.ordinal.simulation.explore;

import java.util.List;

/**
 * A shortest way to something that must not be.
 *
 * @param broken what does not hold
 * @param path what happened, in order, from the start
 */
public record Counterexample(String broken, List<String> path) {
  public Counterexample {
    path = List.copyOf(path);
  }
}
