package dev.ordinal.simulation;

import dev.ordinal.simulation.invariant.Violation;
import dev.ordinal.simulation.trace.Coverage;
import dev.ordinal.simulation.trace.Trace;
import dev.ordinal.simulation.world.World;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What became of one seed.
 *
 * @param digest of everything that happened, the same wherever the seed is run
 * @param events that replicas took
 * @param decided slots
 * @param violation null if every invariant held
 */
record SeedRun(long seed, long digest, long events, long decided, @Nullable Violation violation) {
  /** Runs {@code seed} and adds to {@code coverage}; {@code lines}, if not null, gets the trace. */
  static SeedRun of(long seed, Coverage coverage, @Nullable Consumer<String> lines) {
    Trace trace = new Trace(lines);
    World world = World.of(seed, trace, coverage);
    if (lines != null) {
      lines.accept(world.conditions().toString());
    }
    Violation violation = null;
    try {
      world.run();
    } catch (Violation e) {
      violation = e;
    } catch (RuntimeException e) {
      violation = new Violation("the simulator itself works", e);
    }
    return new SeedRun(seed, trace.digest(), trace.events(), world.decided(), violation);
  }
}
