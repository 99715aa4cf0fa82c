package dev.ordinal.journal.outcome;

import java.util.List;

/** What became of a command: the same on every replica, forever. */
public sealed interface Outcome {
  /** The transaction took effect at {@code order}. */
  record Committed(long order, List<GroupOutcome> groups) implements Outcome {
    public Committed {
      groups = List.copyOf(groups);
    }
  }

  /** Fewer groups were accepted than the policy asks for: nothing took effect, no order ID. */
  record Refused(List<GroupOutcome> groups, long currentOrder) implements Outcome {
    public Refused {
      groups = List.copyOf(groups);
    }
  }

  /**
   * Something was read before {@code horizon}, the oldest order ID that verdicts are given for.
   * Final: the horizon only rises.
   */
  record TooOld(long horizon, long currentOrder) implements Outcome {}

  /** Something was read beyond the last order ID, or in another history. */
  record OutOfRange(long currentOrder, long history) implements Outcome {}

  record SessionUnknown(long session) implements Outcome {}

  /**
   * The sequence is not judged: the client acknowledged it, or so many later ones were recorded
   * that it is taken for acknowledged.
   */
  record SequenceForgotten(long sequence, long acknowledgedThrough) implements Outcome {}

  record Malformed(String reason) implements Outcome {}

  record SessionOpened(long session) implements Outcome {}

  record SessionClosed() implements Outcome {}

  record LeaseGranted(long lease, long ttlMillis) implements Outcome {}

  /** No lease was made: there are {@code leasesMax} already. */
  record LeasesFull(int leasesMax) implements Outcome {}

  /** The lease has ended, or never was. */
  record LeaseUnknown(long lease) implements Outcome {}

  /** The lease has ended; its keys were deleted at {@code order}, 0 if it had none. */
  record LeaseRevoked(long lease, long order) implements Outcome {}

  /** Kept alive, but for those that have ended or never were. */
  record KeptAlive(List<Long> endedLeases, List<Long> endedSessions) implements Outcome {
    public KeptAlive {
      endedLeases = List.copyOf(endedLeases);
      endedSessions = List.copyOf(endedSessions);
    }
  }

  /**
   * The clock stands at {@code clockMillis}; the next tick has to be measured from {@code mark}.
   */
  record ClockMarked(long mark, long clockMillis) implements Outcome {}

  /** A tick was measured from another slot than {@code mark}: it counts nothing. */
  record TickOutdated(long mark) implements Outcome {}

  /** Retention was changed, as far as holds allow; {@code floor} is the floor since. */
  record Retains(long floor) implements Outcome {}

  /** The hold was not placed, nothing changed. */
  record HoldRefused(Reason reason, long floor, long currentOrder) implements Outcome {
    /** Why. */
    public enum Reason {
      /** What it would hold may be gone already. */
      BELOW_FLOOR,
      /** There is no such order ID so far. */
      BEYOND_HEAD,
      /** There are as many holds as there may be. */
      TOO_MANY
    }
  }
}
