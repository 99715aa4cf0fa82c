package dev.ordinal.journal.validation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ordinal.journal.transaction.Key;
import dev.ordinal.journal.transaction.KeyRange;
import java.util.Comparator;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ModificationRunsTest {
  private static final int KEYS = 3000;

  /** Enough for several runs of each size. */
  private static final int ORDERS = 3 * ModificationRuns.LARGE_RUN + ModificationRuns.SMALL_RUN / 2;

  /** Against a sorted map that is walked through for every question. */
  @Test
  void theLatestInARangeAfterASnapshotIsFoundAtEveryAge() {
    for (long seed = 1; seed <= 8; seed++) {
      RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
      ModificationRuns runs = new ModificationRuns();
      NavigableMap<Key, Modification> plain = new TreeMap<>();
      long horizon = 0;
      for (long order = 1; order <= ORDERS; order++) {
        Key key = key(random);
        Modification modification = new Modification(order, 7, random.nextBoolean());
        runs.add(key, modification);
        plain.put(key, modification);
        if (random.nextInt(50) == 0) {
          horizon = random.nextLong(horizon, order + 1);
          runs.drop(horizon);
        }
        if (random.nextInt(20) == 0) {
          KeyRange range = range(random);
          long after = random.nextLong(horizon, order + 1);
          assertThat(runs.latestIn(range, after))
              .as("seed %d, order %d, %s after %d", seed, order, range, after)
              .isEqualTo(latest(plain, range, after));
        }
      }
    }
  }

  @Test
  void aTransactionLargerThanARunIsFoundWhole() {
    ModificationRuns runs = new ModificationRuns();
    for (int i = 0; i < 2 * ModificationRuns.LARGE_RUN; i++) {
      runs.add(Key.of("key-%05d".formatted(i)), new Modification(5, 7, false));
    }
    KeyRange first = new KeyRange(Key.of("key-00000"), Key.of("key-00001"));
    assertThat(runs.latestIn(first, 4)).isEqualTo(new Modification(5, 7, false));
    assertThat(runs.latestIn(first, 5)).isNull();
  }

  private static @Nullable Modification latest(
      NavigableMap<Key, Modification> plain, KeyRange range, long after) {
    NavigableMap<Key, Modification> inside =
        range.end() == null
            ? plain.tailMap(range.start(), true)
            : plain.subMap(range.start(), true, range.end(), false);
    return inside.values().stream()
        .filter(modification -> modification.order() > after)
        .max(Comparator.comparingLong(Modification::order))
        .orElse(null);
  }

  private static Key key(RandomGenerator random) {
    return Key.of("key-%04d".formatted(random.nextInt(KEYS)));
  }

  /** Narrow ones mostly: a wide one always finds something in the latest run. */
  private static KeyRange range(RandomGenerator random) {
    int start = random.nextInt(KEYS);
    int width = random.nextInt(4) == 0 ? KEYS : random.nextInt(4);
    Key first = Key.of("key-%04d".formatted(start));
    return random.nextInt(6) == 0
        ? new KeyRange(first, null)
        : new KeyRange(first, Key.of("key-%04d".formatted(Math.min(9999, start + width))));
  }
}
