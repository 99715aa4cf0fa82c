package dev.ordinal.journal.state;

import dev.ordinal.journal.record.Digest;
import dev.ordinal.journal.retention.FloorDecision;
import dev.ordinal.journal.retention.Mark;
import dev.ordinal.journal.retention.Retention;
import dev.ordinal.journal.retention.RetentionPolicy;
import dev.ordinal.journal.validation.Horizon;

/**
 * Where the state stands: what every replica that has applied the same slots agrees on. It is
 * written with every slot, in the same atomic batch as the slot's changes.
 *
 * @param history the identity of this sequence of order IDs
 * @param clock replicated time
 * @param leasesMade how many leases the store has made for keys with a time to live
 * @param sessionsOpened how many sessions were ever opened; the last one has this number
 * @param retention what can still be read, and what moves that
 */
public record Head(
    long history,
    SlotTip slot,
    OrderTip order,
    Horizon horizon,
    Clock clock,
    long leasesMade,
    long sessionsOpened,
    Retention retention) {
  public Head {
    if (retention.floor() > order.order()) {
      throw new IllegalStateException(
          "the floor %d is beyond the last order ID %d"
              .formatted(retention.floor(), order.order()));
    }
  }

  /** The state in which nothing has happened. */
  public static Head initial(long history, Horizon.Limits horizonLimits) {
    return new Head(
        history,
        new SlotTip(0, Digest.START, Digest.START),
        new OrderTip(0, 0, Digest.START, 0),
        new Horizon(0, horizonLimits),
        Clock.START,
        0,
        0,
        Retention.initial(RetentionPolicy.STANDARD));
  }

  /** The head after one more order ID. */
  Head at(OrderTip next) {
    return new Head(history, slot, next, horizon, clock, leasesMade, sessionsOpened, retention);
  }

  /** The head when the clock has moved. */
  Head at(Clock next) {
    return new Head(history, slot, order, horizon, next, leasesMade, sessionsOpened, retention);
  }

  /** Where the floor should be by the policy, as this head sees it. */
  public FloorDecision floorDecision() {
    return new FloorDecision(
        RetentionStep.live(this), order.order(), new Mark(order.bytes(), clock.millis()));
  }

  /** The head after a change of retention. */
  Head retaining(Retention next) {
    return new Head(history, slot, order, horizon, clock, leasesMade, sessionsOpened, next);
  }

  /**
   * The last slot that was applied; 0 is none.
   *
   * @param entryHash the hash of the log through the slot
   * @param digest over all outcomes and records through the slot: equal on equal slots (I13)
   */
  public record SlotTip(long slot, Digest entryHash, Digest digest) {}

  /**
   * The last order ID; 0 is none.
   *
   * @param session whose it is; 0 without a session
   * @param digest over all effects through the order ID (I12)
   * @param bytes of all records through it, those that are gone included
   */
  public record OrderTip(long order, long session, Digest digest, long bytes) {}
}
