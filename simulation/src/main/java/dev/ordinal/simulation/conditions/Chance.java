package dev.ordinal.simulation.conditions;

import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Chance for one concern. Each concern has its own, split from the seed, so that one more draw here
 * shifts nothing elsewhere.
 */
public final class Chance {
  private static final int MILLION = 1_000_000;

  private final SplittableRandom random;

  private Chance(SplittableRandom random) {
    this.random = random;
  }

  public static Chance of(long seed) {
    return new Chance(new SplittableRandom(seed));
  }

  public Chance split() {
    return new Chance(random.split());
  }

  /** A generator of its own, for the core. */
  public RandomGenerator generator() {
    return random.split();
  }

  /** True {@code perMillion} times in a million. */
  public boolean happens(int perMillion) {
    return perMillion > 0 && random.nextInt(MILLION) < perMillion;
  }

  public boolean oneIn(int count) {
    return random.nextInt(count) == 0;
  }

  /** From {@code least} through {@code most}. */
  public int between(int least, int most) {
    return random.nextInt(least, most + 1);
  }

  /** From {@code least} through {@code most}. */
  public long between(long least, long most) {
    return random.nextLong(least, most + 1);
  }

  public <T> T pick(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  public int pick(int... choices) {
    return choices[random.nextInt(choices.length)];
  }
}
