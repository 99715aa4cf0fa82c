package dev.ordinal.consensus.core;

import org.junit.jupiter.api.Test;

/**
 * The core is a function of what it is told. {@code -Dordinal.seeds} and {@code
 * -Dordinal.seed.from} choose other worlds than those of every build.
 */
class TwinTest {
  private static final long SEEDS = Long.getLong("ordinal.seeds", 60);
  private static final long SEED_FROM = Long.getLong("ordinal.seed.from", 1);

  @Test
  void replicasBuiltAlikeAndFedAlikeReturnEqualEffects() {
    for (long seed = SEED_FROM; seed < SEED_FROM + SEEDS; seed++) {
      try {
        Twins twins = new Twins(seed);
        twins.rage(3_000);
        twins.heal();
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError("seed " + seed, e);
      }
    }
  }
}
