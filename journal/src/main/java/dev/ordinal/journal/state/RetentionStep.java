package dev.ordinal.journal.state;

import dev.ordinal.journal.outcome.Outcome;
import dev.ordinal.journal.retention.Hold;
import dev.ordinal.journal.retention.Retention;
import dev.ordinal.journal.retention.RetentionChange;
import dev.ordinal.journal.retention.RetentionPolicy;

/** What a decided change makes of what is retained, and what its caller is told. */
record RetentionStep(Retention after, Outcome outcome) {

  /** Carries out {@code change}; holds that have ended go on this occasion. */
  static RetentionStep of(Head head, RetentionChange change) {
    Clock clock = head.clock();
    long lastOrder = head.order().order();
    Retention before = live(head);
    return switch (change) {
      case RetentionChange.SetPolicy(RetentionPolicy policy) -> done(before.under(policy));
      case RetentionChange.MoveFloor(long order) -> done(before.movedTo(order, lastOrder));
      case RetentionChange.PlaceHold(String name, long order, long leaseMillis) ->
          place(before, new Hold(name, order, until(clock, leaseMillis)), lastOrder);
      case RetentionChange.ReleaseHold(String name) -> done(before.released(name));
    };
  }

  /** With the holds that count now: during a grace none ends. */
  static Retention live(Head head) {
    Clock clock = head.clock();
    return clock.millis() < clock.graceUntil()
        ? head.retention()
        : head.retention().at(clock.millis());
  }

  private static long until(Clock clock, long leaseMillis) {
    long rest = Hold.UNTIL_RELEASED - clock.millis();
    return leaseMillis == 0 || leaseMillis >= rest
        ? Hold.UNTIL_RELEASED
        : clock.millis() + leaseMillis;
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
