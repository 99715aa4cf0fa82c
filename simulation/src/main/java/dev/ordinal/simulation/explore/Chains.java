package dev.ordinal.simulation.explore;

import dev.ordinal.consensus.entry.EntryHash;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The sequences of entries that were decided in some state, each with a number, 0 being empty. */
final class Chains {
  private final Map<List<EntryHash>, Integer> numbers = new HashMap<>();
  private final List<List<EntryHash>> all = new ArrayList<>();

  Chains() {
    number(List.of());
  }

  int number(List<EntryHash> chain) {
    Integer known = numbers.putIfAbsent(chain, all.size());
    if (known != null) {
      return known;
    }
    all.add(chain);
    return all.size() - 1;
  }

  List<EntryHash> at(int number) {
    return all.get(number);
  }
}
