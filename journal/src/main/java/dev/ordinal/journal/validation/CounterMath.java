package dev.ordinal.journal.validation;

import dev.ordinal.journal.outcome.Refusal;
import dev.ordinal.journal.transaction.Bounds;
import dev.ordinal.journal.transaction.Key;
import org.jspecify.annotations.Nullable;

/**
 * Comparisons of counters over the whole range of {@code long}. A distance between two longs is
 * taken as an unsigned number: then it never overflows.
 */
final class CounterMath {
  private CounterMath() {}

  /** Null if {@code value + delta} stays within {@code bounds}, which admit {@code value}. */
  static @Nullable Refusal breaks(Key key, long value, long delta, Bounds bounds) {
    long room = delta >= 0 ? bounds.high() - value : value - bounds.low();
    long step = delta >= 0 ? delta : -delta;
    return Long.compareUnsigned(step, room) <= 0
        ? null
        : new Refusal.Bound(key, step - room, value);
  }

  /** Null if {@code value} is at least {@code bound}. */
  static @Nullable Refusal below(Key key, long value, long bound) {
    return value >= bound ? null : new Refusal.CounterGuardFailed(key, bound - value, value);
  }

  /** Null if {@code value} is at most {@code bound}. */
  static @Nullable Refusal above(Key key, long value, long bound) {
    return value <= bound ? null : new Refusal.CounterGuardFailed(key, value - bound, value);
  }
}
