package dev.ordinal.chaos;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/** How long changes of the members held up commits: the longest time without an acknowledgement. */
final class Stall {
  /** A change may hold up what was sent shortly before it was answered. */
  private static final long AFTER_NANOS = 100_000_000;

  private record Span(long began, long ended) {}

  private final List<Span> changes = new ArrayList<>();

  /** A change that was asked for at {@code began}, by {@link System#nanoTime}, is done. */
  void changed(long began) {
    changes.add(new Span(began, System.nanoTime() + AFTER_NANOS));
  }

  /** One line for people, given the moments at which commits were acknowledged. */
  String report(Collection<Long> acknowledged) {
    NavigableSet<Long> moments = new TreeSet<>(acknowledged);
    List<Long> stalls = changes.stream().map(change -> longest(change, moments)).sorted().toList();
    return "commit stall of %d changes of the members: median %.1f ms, longest %.1f ms"
        .formatted(stalls.size(), stalls.get(stalls.size() / 2) / 1e6, stalls.getLast() / 1e6);
  }

  private static long longest(Span change, NavigableSet<Long> moments) {
    Long before = moments.floor(change.began());
    long last = before == null ? change.began() : before;
    long longest = 0;
    for (long moment : moments.tailSet(change.began())) {
      longest = Math.max(longest, moment - last);
      last = moment;
      if (moment > change.ended()) {
        break;
      }
    }
    return longest;
  }
}
