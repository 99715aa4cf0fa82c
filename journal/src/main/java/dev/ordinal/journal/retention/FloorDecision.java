package dev.ordinal.journal.retention;

import java.util.OptionalLong;
import java.util.function.LongFunction;
import java.util.function.Predicate;

/**
 * Where the floor should be by the policy: what a leader proposes. Every record says how many bytes
 * came before it and what time it was, so two searches in the journal find it, after a restart too.
 *
 * @param retention with the holds that are live
 * @param lastOrder the last order ID
 * @param end where the next record will stand
 */
public record FloorDecision(Retention retention, long lastOrder, Mark end) {
  /** A move by less is not worth a slot, where much is kept anyway. */
  private static final long GAIN_ORDERS_MAX = 4096;

  private static final long GAIN_SHARE = 16;

  /**
   * The floor to propose, if it is worth it.
   *
   * @param marks of the records after the floor
   */
  public OptionalLong propose(LongFunction<Mark> marks) {
    long floor = retention.floor();
    long wanted = Math.min(byPolicy(marks), retention.floorMax(lastOrder));
    long worth = Math.clamp((lastOrder - floor) / GAIN_SHARE, 1, GAIN_ORDERS_MAX);
    return wanted - floor >= worth ? OptionalLong.of(wanted) : OptionalLong.empty();
  }

  private long byPolicy(LongFunction<Mark> marks) {
    RetentionPolicy policy = retention.policy();
    long floor = retention.floor();
    if (policy.ordersMax() > 0) {
      floor = Math.max(floor, lastOrder - policy.ordersMax());
    }
    if (policy.bytesMax() > 0) {
      long bytes = end.bytesBefore() - policy.bytesMax();
      floor = before(floor, marks, mark -> mark.bytesBefore() >= bytes);
    }
    if (policy.ageMillisMax() > 0) {
      long oldest = end.clockMillis() - policy.ageMillisMax();
      floor = before(floor, marks, mark -> mark.clockMillis() > oldest);
    }
    return floor;
  }

  /** The order ID before the first record after {@code floor} that is kept, as all after it are. */
  private long before(long floor, LongFunction<Mark> marks, Predicate<Mark> kept) {
    long low = floor;
    long high = lastOrder;
    while (low < high) {
      long middle = low + (high - low) / 2;
      if (kept.test(marks.apply(middle + 1))) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }
}
