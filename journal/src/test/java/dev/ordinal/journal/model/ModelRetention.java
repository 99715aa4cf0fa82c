package dev.ordinal.journal.model;

import dev.ordinal.journal.outcome.Outcome;
import dev.ordinal.journal.outcome.Outcome.HoldRefused.Reason;
import dev.ordinal.journal.retention.Hold;
import dev.ordinal.journal.retention.Retention;
import dev.ordinal.journal.retention.RetentionChange;
import dev.ordinal.journal.retention.RetentionPolicy;
import java.util.TreeMap;

/** What is retained, written to be read. */
final class ModelRetention {
  private final TreeMap<String, Long> holds = new TreeMap<>();
  private RetentionPolicy policy = RetentionPolicy.STANDARD;
  private long floor;

  Outcome apply(RetentionChange change, long lastOrder) {
    switch (change) {
      case RetentionChange.SetPolicy(RetentionPolicy next) -> policy = next;
      case RetentionChange.MoveFloor(long order) -> {
        long allowed = holds.values().stream().mapToLong(Long::longValue).min().orElse(lastOrder);
        if (Math.min(order, allowed) > floor) {
          floor = Math.min(Math.min(order, allowed), lastOrder);
        }
      }
      case RetentionChange.PlaceHold(Hold(String name, long order)) -> {
        boolean full = holds.size() == 32 && !holds.containsKey(name);
        if (order < floor || order > lastOrder || full) {
          Reason reason =
              order < floor
                  ? Reason.BELOW_FLOOR
                  : order > lastOrder ? Reason.BEYOND_HEAD : Reason.TOO_MANY;
          return new Outcome.HoldRefused(reason, floor, lastOrder);
        }
        holds.put(name, order);
      }
      case RetentionChange.ReleaseHold(String name) -> holds.remove(name);
    }
    return new Outcome.Retains(floor);
  }

  Retention retention() {
    return new Retention(
        floor,
        policy,
        holds.entrySet().stream().map(e -> new Hold(e.getKey(), e.getValue())).toList());
  }
}
