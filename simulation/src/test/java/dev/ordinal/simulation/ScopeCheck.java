package dev.ordinal.simulation;

import dev.ordinal.simulation.explore.Counterexample;
import dev.ordinal.simulation.explore.Explorer;
import dev.ordinal.simulation.explore.Scope;
import java.util.function.LongFunction;

/**
 * What is wrong in the standard scope of that number, from 0; empty if nothing is. Made by name, in
 * the class loader of a mutant.
 */
public final class ScopeCheck implements LongFunction<String> {
  private static final int STATES_MAX = 2_000_000;

  /** For the loader. */
  public ScopeCheck() {}

  @Override
  public String apply(long scope) {
    Scope explored = Scope.STANDARD.get((int) scope);
    Counterexample wrong = Explorer.explore(explored, STATES_MAX, _ -> {}).wrong();
    return wrong == null ? "" : wrong.broken();
  }
}
