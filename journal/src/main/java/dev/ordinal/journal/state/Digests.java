package dev.ordinal.journal.state;

import dev.ordinal.journal.outcome.GroupOutcome;
import dev.ordinal.journal.outcome.Outcome;
import dev.ordinal.journal.outcome.Refusal;
import dev.ordinal.journal.record.Digest;
import dev.ordinal.journal.record.Effect;
import dev.ordinal.journal.record.KeyState;
import dev.ordinal.journal.transaction.Bounds;
import dev.ordinal.journal.transaction.Key;
import dev.ordinal.journal.transaction.KeyRange;
import dev.ordinal.journal.transaction.Value;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Two chains of digests. The journal's goes from order ID to order ID over the effects and says
 * that two journals hold the same; the state's goes from slot to slot over all outcomes, refusals
 * included, and says that two replicas decided the same.
 */
final class Digests {
  private final MessageDigest sha256;
  private final Canonical bytes = new Canonical();

  Digests() {
    try {
      sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** {@code J(o) = SHA-256(J(o-1), o, effects)}. */
  Digest ofRecord(Digest before, long order, List<Effect> effects) {
    bytes.clear().add(before.bytes()).add(order).add(effects.size());
    for (Effect effect : effects) {
      bytes.add(effect.key());
      add(effect.state());
    }
    return finish();
  }

  /**
   * {@code D(s) = SHA-256(D(s-1), s, entry hash, J, clock, outcomes)}.
   *
   * @param head what the slot's commands have made of the head; its slot is still the one before
   */
  Digest ofSlot(Head head, long slot, Digest entryHash, List<Outcome> outcomes) {
    bytes.clear().add(head.slot().digest().bytes()).add(slot).add(entryHash.bytes());
    Clock clock = head.clock();
    bytes.add(head.order().digest().bytes());
    bytes.add(clock.millis()).add(clock.mark()).add(clock.graceUntil());
    bytes.add(outcomes.size());
    outcomes.forEach(this::add);
    return finish();
  }

  private Digest finish() {
    sha256.update(bytes.content());
    return Digest.wrap(sha256.digest());
  }

  private void add(KeyState state) {
    switch (state) {
      case KeyState.Stored(Value value) -> bytes.add((byte) 1).add(value.bytes());
      case KeyState.Counter(long value, Bounds bounds) ->
          bytes.add((byte) 2).add(value).add(bounds.low()).add(bounds.high());
      case KeyState.Deleted() -> bytes.add((byte) 3);
    }
  }

  private void add(Outcome outcome) {
    switch (outcome) {
      case Outcome.Committed(long order, List<GroupOutcome> groups) -> {
        bytes.add((byte) 1).add(order);
        add(groups);
      }
      case Outcome.Refused(List<GroupOutcome> groups, long currentOrder) -> {
        bytes.add((byte) 2).add(currentOrder);
        add(groups);
      }
      case Outcome.TooOld(long horizon, long currentOrder) ->
          bytes.add((byte) 3).add(horizon).add(currentOrder);
      case Outcome.OutOfRange(long currentOrder, long history) ->
          bytes.add((byte) 4).add(currentOrder).add(history);
      case Outcome.SessionUnknown(long session) -> bytes.add((byte) 5).add(session);
      case Outcome.SequenceForgotten(long sequence, long through) ->
          bytes.add((byte) 6).add(sequence).add(through);
      case Outcome.Malformed(String reason) -> bytes.add((byte) 7).add(reason);
      case Outcome.SessionOpened(long session) -> bytes.add((byte) 8).add(session);
      case Outcome.SessionClosed() -> bytes.add((byte) 9);
      case Outcome.ClockMarked(long mark, long clockMillis) ->
          bytes.add((byte) 10).add(mark).add(clockMillis);
      case Outcome.LeaseGranted(long lease, long ttlMillis) ->
          bytes.add((byte) 12).add(lease).add(ttlMillis);
      case Outcome.LeasesFull(int leasesMax) -> bytes.add((byte) 13).add(leasesMax);
      case Outcome.LeaseUnknown(long lease) -> bytes.add((byte) 14).add(lease);
      case Outcome.LeaseRevoked(long lease, long order) ->
          bytes.add((byte) 15).add(lease).add(order);
      case Outcome.KeptAlive(List<Long> endedLeases, List<Long> endedSessions) -> {
        bytes.add((byte) 16);
        addAll(endedLeases);
        addAll(endedSessions);
      }
      case Outcome.TickOutdated(long mark) -> bytes.add((byte) 11).add(mark);
      case Outcome.Retains(long floor) -> bytes.add((byte) 20).add(floor);
      case Outcome.HoldRefused(var reason, long floor, long currentOrder) ->
          bytes.add((byte) 21).add(code(reason)).add(floor).add(currentOrder);
    }
  }

  private static byte code(Outcome.HoldRefused.Reason reason) {
    return switch (reason) {
      case BELOW_FLOOR -> 1;
      case BEYOND_HEAD -> 2;
      case TOO_MANY -> 3;
    };
  }

  private void addAll(List<Long> numbers) {
    bytes.add(numbers.size());
    numbers.forEach(bytes::add);
  }

  private void add(List<GroupOutcome> groups) {
    bytes.add(groups.size());
    for (GroupOutcome group : groups) {
      switch (group) {
        case GroupOutcome.Accepted(int alternative) -> bytes.add((byte) 1).add(alternative);
        case GroupOutcome.Rejected(Refusal refusal) -> {
          bytes.add((byte) 2);
          add(refusal);
        }
        case GroupOutcome.NotJudged() -> bytes.add((byte) 3);
      }
    }
  }

  private void add(Refusal refusal) {
    switch (refusal) {
      case Refusal.Written(Key key, long order, long session) ->
          bytes.add((byte) 1).add(key).add(order).add(session);
      case Refusal.Deleted(Key key, long order, long session) ->
          bytes.add((byte) 2).add(key).add(order).add(session);
      case Refusal.Phantom(KeyRange range, long order, long session) -> {
        bytes.add((byte) 3).add(order).add(session);
        add(range);
      }
      case Refusal.JournalMoved(long order, long session) ->
          bytes.add((byte) 4).add(order).add(session);
      case Refusal.Bound(Key key, long shortfall, long present) ->
          bytes.add((byte) 5).add(key).add(shortfall).add(present);
      case Refusal.GuardFailed(Key key) -> bytes.add((byte) 6).add(key);
      case Refusal.CounterGuardFailed(Key key, long shortfall, long present) ->
          bytes.add((byte) 7).add(key).add(shortfall).add(present);
      case Refusal.NotACounter(Key key) -> bytes.add((byte) 8).add(key);
      case Refusal.IsACounter(Key key) -> bytes.add((byte) 9).add(key);
      case Refusal.CounterExists(Key key) -> bytes.add((byte) 10).add(key);
      case Refusal.OutOfBounds(Key key, long value) -> bytes.add((byte) 11).add(key).add(value);
      case Refusal.LeaseEnded(long lease) -> bytes.add((byte) 13).add(lease);
      case Refusal.LeaseFull(long lease) -> bytes.add((byte) 14).add(lease);
      case Refusal.RangeTooLarge(KeyRange range) -> {
        bytes.add((byte) 12);
        add(range);
      }
    }
  }

  private void add(KeyRange range) {
    bytes.add(range.start());
    @Nullable Key end = range.end();
    if (end == null) {
      bytes.add((byte) 0);
    } else {
      bytes.add((byte) 1).add(end);
    }
  }
}
