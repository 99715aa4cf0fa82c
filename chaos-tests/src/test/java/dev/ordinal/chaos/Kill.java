package dev.ordinal.chaos;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;

/** Whose processes are killed at once, of three replicas. */
enum Kill {
  LEADER,
  FOLLOWER,
  /** A majority: nothing can commit until one of them is back. */
  TWO,
  ALL;

  /** Twenty kills, each kind among them, in an order drawn by {@code random}. */
  static List<Kill> twenty(RandomGenerator random) {
    List<Kill> kills = new ArrayList<>();
    kills.addAll(Collections.nCopies(8, LEADER));
    kills.addAll(Collections.nCopies(5, FOLLOWER));
    kills.addAll(Collections.nCopies(5, TWO));
    kills.addAll(Collections.nCopies(2, ALL));
    shuffle(kills, random);
    return kills;
  }

  /** The nodes to kill; {@code nodes} in any order. */
  List<Integer> victims(List<Integer> nodes, int leader, RandomGenerator random) {
    List<Integer> drawn = new ArrayList<>(nodes);
    shuffle(drawn, random);
    return switch (this) {
      case LEADER -> List.of(leader);
      case FOLLOWER -> drawn.stream().filter(node -> node != leader).limit(1).toList();
      case TWO -> drawn.subList(0, 2);
      case ALL -> drawn;
    };
  }

  boolean leavesMajority() {
    return this == LEADER || this == FOLLOWER;
  }

  private static void shuffle(List<?> list, RandomGenerator random) {
    for (int i = list.size() - 1; i > 0; i--) {
      Collections.swap(list, i, random.nextInt(i + 1));
    }
  }
}
