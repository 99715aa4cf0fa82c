package dev.ordinal.simulation;

import dev.ordinal.simulation.trace.Coverage;
import java.util.function.LongFunction;

/**
 * What is wrong with a seed; empty if nothing is. Made by name, in the class loader of a mutant.
 */
public final class SeedCheck implements LongFunction<String> {
  /** For the loader. */
  public SeedCheck() {}

  @Override
  public String apply(long seed) {
    var violation = SeedRun.of(seed, new Coverage(), null).violation();
    return violation == null ? "" : String.valueOf(violation.getMessage());
  }
}
