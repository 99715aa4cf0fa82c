package dev.ordinal.journal.state;

import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * When each of many things ends, on the clock. A sign of life counts from the first tick after it:
 * until then nobody knows how far the clock is behind, so the deadline is {@link #UNSETTLED}, and
 * nothing ends before its full time to live has passed. The things themselves keep their deadlines.
 */
final class Deadlines {
  /** In the place of a deadline: renewed since the last tick. */
  static final long UNSETTLED = 0;

  private final NavigableSet<Due> settled =
      new TreeSet<>(Comparator.comparingLong(Due::millis).thenComparingLong(Due::id));
  private final NavigableSet<Long> unsettled = new TreeSet<>();

  private record Due(long millis, long id) {}

  void add(long id, long deadline) {
    if (deadline == UNSETTLED) {
      unsettled.add(id);
    } else {
      settled.add(new Due(deadline, id));
    }
  }

  /** {@code deadline} must be what it was added with. */
  void remove(long id, long deadline) {
    if (deadline == UNSETTLED) {
      unsettled.remove(id);
    } else {
      settled.remove(new Due(deadline, id));
    }
  }

  /** Those renewed since the last tick, ascending; none are from now on. */
  List<Long> takeUnsettled() {
    List<Long> ids = List.copyOf(unsettled);
    unsettled.clear();
    return ids;
  }

  int unsettledCount() {
    return unsettled.size();
  }

  /** The first deadline; {@link Long#MAX_VALUE} if there is none. */
  long first() {
    return settled.isEmpty() ? Long.MAX_VALUE : settled.first().millis();
  }

  /** Whose deadline is the first; there must be one. */
  long firstId() {
    return settled.first().id();
  }
}
