package dev.ordinal.simulation.explore;

import com.carrotsearch.hppc.IntArrayList;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How each state was first reached. States are numbered from 0 in the order of their visits. */
final class Paths {
  private record Step(int member, Move move) {
    String text(Envelopes envelopes) {
      return move instanceof Move.Deliver(int message)
          ? "member %d %s".formatted(member, envelopes.at(message))
          : "member %d: %s".formatted(member, move);
    }
  }

  private final List<Step> steps = new ArrayList<>();
  private final Map<Step, Integer> numbers = new HashMap<>();

  /** For every state but the first: from which it was reached, and by which step. */
  private final IntArrayList parents = new IntArrayList();

  private final IntArrayList taken = new IntArrayList();

  /** The next state was reached from {@code parent}. */
  void add(int parent, int member, Move move) {
    Step step = new Step(member, move);
    Integer known = numbers.putIfAbsent(step, steps.size());
    if (known == null) {
      known = steps.size();
      steps.add(step);
    }
    parents.add(parent);
    taken.add(known);
  }

  /** How many moves lead to {@code state}. */
  int depth(int state) {
    int depth = 0;
    for (int at = state; at > 0; at = parents.get(at - 1)) {
      depth++;
    }
    return depth;
  }

  /** What happened from the first state to {@code state}, and then went wrong. */
  List<String> to(int state, Envelopes envelopes, Explorer.Wrong last) {
    ArrayDeque<String> path = new ArrayDeque<>();
    path.addFirst(new Step(last.member(), last.move()).text(envelopes));
    for (int at = state; at > 0; at = parents.get(at - 1)) {
      path.addFirst(steps.get(taken.get(at - 1)).text(envelopes));
    }
    return List.copyOf(path);
  }
}
