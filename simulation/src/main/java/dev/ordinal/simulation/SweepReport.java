package dev.ordinal.simulation;

import dev.ordinal.simulation.trace.Coverage;
import java.util.List;

/**
 * What a sweep of seeds showed.
 *
 * @param digest of all runs together, in whatever order they ran
 * @param violations by seed
 */
record SweepReport(
    long runs,
    long events,
    long decided,
    long digest,
    List<SeedRun> violations,
    Coverage coverage) {
  SweepReport {
    violations = List.copyOf(violations);
  }
}
