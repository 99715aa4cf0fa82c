package dev.ordinal.journal.outcome;

import dev.ordinal.journal.transaction.Key;
import dev.ordinal.journal.transaction.KeyRange;

/**
 * Why a group was refused: the first thing that stood in its way, of the last alternative where
 * there are several. {@code order} and {@code session} name the transaction that beat it; session 0
 * is a transaction without one. A shortfall is an unsigned number above 0.
 */
public sealed interface Refusal {
  /**
   * A refusal that no later state can lift, because it rests on a modification that has happened.
   */
  sealed interface Conflict extends Refusal {
    long order();

    long session();
  }

  /** A key that was read was written since. */
  record Written(Key key, long order, long session) implements Conflict {}

  /** A key that was read was deleted since. */
  record Deleted(Key key, long order, long session) implements Conflict {}

  /** Something in a range that was read changed since. */
  record Phantom(KeyRange range, long order, long session) implements Conflict {}

  /** Mode JOURNAL: something committed since. */
  record JournalMoved(long order, long session) implements Conflict {}

  /** A counter at {@code present} would leave its bounds by {@code shortfall}. */
  record Bound(Key key, long shortfall, long present) implements Refusal {}

  /** A guard on existence or on a value does not hold. */
  record GuardFailed(Key key) implements Refusal {}

  /** A counter at {@code present} is {@code shortfall} off what a guard asks for. */
  record CounterGuardFailed(Key key, long shortfall, long present) implements Refusal {}

  /** Add, set-bounds or a counter guard on something else, or on nothing. */
  record NotACounter(Key key) implements Refusal {}

  /** Put on a counter. */
  record IsACounter(Key key) implements Refusal {}

  /** Create-counter on a key that exists. */
  record CounterExists(Key key) implements Refusal {}

  /** The bounds admit nothing, or exclude {@code value}: the initial or the present one. */
  record OutOfBounds(Key key, long value) implements Refusal {}

  /** A guard asks for a lease, or a put for one to attach to, that has ended or never was. */
  record LeaseEnded(long lease) implements Refusal {}

  /** No more keys can be attached to the lease; 0: to all leases of the store together. */
  record LeaseFull(long lease) implements Refusal {}

  /** A delete-range matches more keys than one transaction may write. */
  record RangeTooLarge(KeyRange range) implements Refusal {}
}
