package dev.ordinal.journal.validation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ordinal.journal.transaction.Key;
import dev.ordinal.journal.transaction.KeyRange;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

final class ModificationTreeTest {
  private static final int KEYS = 60;

  /** Against a sorted map that is walked through for every question. */
  @Test
  void theLatestInARangeIsFoundWhateverWasAddedRenewedAndRemoved() {
    for (long seed = 1; seed <= 50; seed++) {
      RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
      ModificationTree tree = new ModificationTree();
      Map<Key, ModificationTree.Node> nodes = new HashMap<>();
      NavigableMap<Key, Modification> plain = new TreeMap<>();
      for (long order = 1; order <= 400; order++) {
        change(tree, nodes, plain, key(random), new Modification(order, 7, random.nextBoolean()));
        if (random.nextInt(3) == 0 && !plain.isEmpty()) {
          Key doomed = plain.ceilingKey(key(random));
          if (doomed != null) {
            plain.remove(doomed);
            nodes.remove(doomed);
            tree.remove(doomed);
          }
        }
        KeyRange range = range(random);
        assertThat(tree.lastIn(range))
            .as("seed %d, order %d, %s", seed, order, range)
            .isEqualTo(
                plain.entrySet().stream()
                    .filter(entry -> range.contains(entry.getKey()))
                    .map(Map.Entry::getValue)
                    .max(Comparator.comparingLong(Modification::order))
                    .orElse(null));
      }
    }
  }

  private static void change(
      ModificationTree tree,
      Map<Key, ModificationTree.Node> nodes,
      Map<Key, Modification> plain,
      Key key,
      Modification modification) {
    ModificationTree.Node node = nodes.get(key);
    if (node == null) {
      nodes.put(key, tree.add(key, modification));
    } else {
      tree.renew(node, modification);
    }
    plain.put(key, modification);
  }

  private static Key key(RandomGenerator random) {
    return Key.of("key-%02d".formatted(random.nextInt(KEYS)));
  }

  private static KeyRange range(RandomGenerator random) {
    Key one = key(random);
    Key other = key(random);
    if (random.nextInt(6) == 0) {
      return new KeyRange(one, null);
    }
    return one.compareTo(other) <= 0 ? new KeyRange(one, other) : new KeyRange(other, one);
  }
}
