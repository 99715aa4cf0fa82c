package dev.ordinal.simulation.explore;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Every message that was sent in some state, each with a number of its own, from 0. */
final class Envelopes {
  private final Map<Envelope, Integer> numbers = new HashMap<>();
  private final List<Envelope> all = new ArrayList<>();

  int number(Envelope envelope) {
    Integer known = numbers.putIfAbsent(envelope, all.size());
    if (known != null) {
      return known;
    }
    all.add(envelope);
    return all.size() - 1;
  }

  Envelope at(int number) {
    return all.get(number);
  }

  int count() {
    return all.size();
  }
}
