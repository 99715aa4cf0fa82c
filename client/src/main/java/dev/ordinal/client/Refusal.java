package dev.ordinal.client;

import org.jspecify.annotations.Nullable;

/**
 * Why a group was refused: the first thing that stood in its way, of the last alternative where
 * there are several.
 *
 * @param key what it is about; null where it is about a range or the whole journal
 * @param range what it is about, if that is a range
 * @param order the transaction that came first; {@link OrderId#NONE} where none did (guard, bound)
 * @param session the session of that transaction; 0 for none
 * @param shortfall by how much a bound would have broken, or a guard on a counter is off
 * @param present the counter's value at that moment, for bounds and guards on counters
 */
public record Refusal(
    Kind kind,
    @Nullable Key key,
    @Nullable KeyRange range,
    OrderId order,
    long session,
    long shortfall,
    long present) {

  /** Whether reading again and trying again can help: something that was read has changed. */
  public boolean isConflict() {
    return switch (kind) {
      case WRITE, DELETE, PHANTOM, JOURNAL_MOVED -> true;
      default -> false;
    };
  }

  /** What kind of thing stood in the way. */
  public enum Kind {
    /** A key that was read was written since. */
    WRITE,
    /** A key that was read was deleted since. */
    DELETE,
    /** Something in a range that was read changed since. */
    PHANTOM,
    /** Mode JOURNAL: something committed since. */
    JOURNAL_MOVED,
    /** A counter would leave its bounds. */
    BOUND,
    /** A guard does not hold. */
    GUARD,
    /** An add, new bounds or a counter's guard on something else, or on nothing. */
    NOT_A_COUNTER,
    /** A put on a counter. */
    IS_A_COUNTER,
    /** A new counter on a key that exists. */
    COUNTER_EXISTS,
    /** A new counter's value, or the present one under new bounds, lies outside the bounds. */
    INITIAL_OUT_OF_BOUNDS,
    /** A range to delete matches more keys than one transaction may write. */
    RANGE_TOO_LARGE,
    /** A guard asks for a lease, or a put for one to attach to, that has ended or never was. */
    LEASE_ENDED,
    /** No more keys can be attached to the lease, or to all leases together. */
    LEASE_FULL,
    /** A kind that this client is too old to know. */
    UNRECOGNIZED
  }
}
