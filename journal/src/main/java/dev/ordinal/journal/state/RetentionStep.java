package dev.ordinal.journal.state;

import dev.ordinal.journal.outcome.Outcome;
import dev.ordinal.journal.retention.Hold;
import dev.ordinal.journal.retention.Retention;
import dev.ordinal.journal.retention.RetentionChange;
import dev.ordinal.journal.retention.RetentionPolicy;

/** What a decided change makes of what is retained, and what its caller is told. */
record RetentionStep(Retention after, Outcome outcome) {

  /**
   * Carries out {@code change}.
   *
   * @param lastOrder when it is applied
   */
  static RetentionStep of(Retention before, RetentionChange change, long lastOrder) {
    return switch (change) {
      case RetentionChange.SetPolicy(RetentionPolicy policy) -> done(before.under(policy));
      case RetentionChange.MoveFloor(long order) -> done(before.movedTo(order, lastOrder));
      case RetentionChange.PlaceHold(Hold hold) -> place(before, hold, lastOrder);
      case RetentionChange.ReleaseHold(String name) -> done(before.released(name));
    };
  }

  private static RetentionStep place(Retention before, Hold hold, long lastOrder) {
    Outcome.HoldRefused.Reason reason = null;
    if (hold.order() < before.floor()) {
      reason = Outcome.HoldRefused.Reason.BELOW_FLOOR;
    } else if (hold.order() > lastOrder) {
      reason = Outcome.HoldRefused.Reason.BEYOND_HEAD;
    } else if (!before.hasRoomFor(hold.name())) {
      reason = Outcome.HoldRefused.Reason.TOO_MANY;
    }
    return reason == null
        ? done(before.holding(hold))
        : new RetentionStep(before, new Outcome.HoldRefused(reason, before.floor(), lastOrder));
  }

  private static RetentionStep done(Retention after) {
    return new RetentionStep(after, new Outcome.Retains(after.floor()));
  }
}
