package dev.ordinal.journal.model;

import dev.ordinal.journal.outcome.Outcome;
import dev.ordinal.journal.outcome.Outcome.HoldRefused.Reason;
import dev.ordinal.journal.retention.Hold;
import dev.ordinal.journal.retention.Retention;
import dev.ordinal.journal.retention.RetentionChange;
import dev.ordinal.journal.retention.RetentionPolicy;
import java.util.List;
import java.util.TreeMap;

/** What is retained, written to be read. */
final class ModelRetention {
  private final TreeMap<String, Hold> holds = new TreeMap<>();
  private RetentionPolicy policy = RetentionPolicy.STANDARD;
  private long floor;

  Outcome apply(RetentionChange change, long lastOrder, ModelClock clock) {
    holds.values().removeIf(hold -> clock.hasEnded(hold.untilMillis()));
    switch (change) {
      case RetentionChange.SetPolicy(RetentionPolicy next) -> policy = next;
      case RetentionChange.MoveFloor(long order) -> {
        long allowed = holds.values().stream().mapToLong(Hold::order).min().orElse(lastOrder);
        if (Math.min(order, allowed) > floor) {
          floor = Math.min(Math.min(order, allowed), lastOrder);
        }
      }
      case RetentionChange.PlaceHold(String name, long order, long lease) -> {
        boolean full = holds.size() == 32 && !holds.containsKey(name);
        if (order < floor || order > lastOrder || full) {
          Reason reason =
              order < floor
                  ? Reason.BELOW_FLOOR
                  : order > lastOrder ? Reason.BEYOND_HEAD : Reason.TOO_MANY;
          return new Outcome.HoldRefused(reason, floor, lastOrder);
        }
        holds.put(
            name, new Hold(name, order, lease == 0 ? Long.MAX_VALUE : clock.millis() + lease));
      }
      case RetentionChange.ReleaseHold(String name) -> holds.remove(name);
    }
    return new Outcome.Retains(floor);
  }

  Retention retention() {
    return new Retention(floor, policy, List.copyOf(holds.values()));
  }
}
