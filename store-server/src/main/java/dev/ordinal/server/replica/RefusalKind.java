package dev.ordinal.server.replica;

import dev.ordinal.journal.outcome.GroupOutcome;
import dev.ordinal.journal.outcome.Outcome;
import dev.ordinal.journal.outcome.Refusal;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Why a transaction took no effect, in a word: for those who count. */
public enum RefusalKind {
  WRITTEN,
  DELETED,
  PHANTOM,
  JOURNAL_MOVED,
  BOUND,
  GUARD_FAILED,
  COUNTER_GUARD_FAILED,
  NOT_A_COUNTER,
  IS_A_COUNTER,
  COUNTER_EXISTS,
  OUT_OF_BOUNDS,
  RANGE_TOO_LARGE,
  LEASE_ENDED,
  LEASE_FULL,
  TOO_OLD,
  OUT_OF_RANGE,
  SESSION_UNKNOWN,
  SEQUENCE_FORGOTTEN,
  MALFORMED,
  HOLD_REFUSED;

  /** As metrics and documents have it: {@code guard_failed}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Of several refused groups, the first one speaks. Null: {@code outcome} is no refusal. */
  static @Nullable RefusalKind of(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Committed _,
          Outcome.SessionOpened _,
          Outcome.SessionClosed _,
          Outcome.LeaseGranted _,
          Outcome.LeasesFull _,
          Outcome.LeaseUnknown _,
          Outcome.LeaseRevoked _,
          Outcome.KeptAlive _,
          Outcome.ClockMarked _,
          Outcome.TickOutdated _,
          Outcome.Retains _ ->
          null;
      case Outcome.Refused(var groups, _) -> first(groups);
      case Outcome.TooOld _ -> TOO_OLD;
      case Outcome.OutOfRange _ -> OUT_OF_RANGE;
      case Outcome.SessionUnknown _ -> SESSION_UNKNOWN;
      case Outcome.SequenceForgotten _ -> SEQUENCE_FORGOTTEN;
      case Outcome.Malformed _ -> MALFORMED;
      case Outcome.HoldRefused _ -> HOLD_REFUSED;
    };
  }

  private static RefusalKind first(List<GroupOutcome> groups) {
    for (GroupOutcome group : groups) {
      if (group instanceof GroupOutcome.Rejected(Refusal refusal)) {
        return of(refusal);
      }
    }
    throw new IllegalStateException("a transaction without a refused group was refused");
  }

  private static RefusalKind of(Refusal refusal) {
    return switch (refusal) {
      case Refusal.Written _ -> WRITTEN;
      case Refusal.Deleted _ -> DELETED;
      case Refusal.Phantom _ -> PHANTOM;
      case Refusal.JournalMoved _ -> JOURNAL_MOVED;
      case Refusal.Bound _ -> BOUND;
      case Refusal.GuardFailed _ -> GUARD_FAILED;
      case Refusal.CounterGuardFailed _ -> COUNTER_GUARD_FAILED;
      case Refusal.NotACounter _ -> NOT_A_COUNTER;
      case Refusal.IsACounter _ -> IS_A_COUNTER;
      case Refusal.CounterExists _ -> COUNTER_EXISTS;
      case Refusal.OutOfBounds _ -> OUT_OF_BOUNDS;
      case Refusal.RangeTooLarge _ -> RANGE_TOO_LARGE;
      case Refusal.LeaseEnded _ -> LEASE_ENDED;
      case Refusal.LeaseFull _ -> LEASE_FULL;
    };
  }
}
