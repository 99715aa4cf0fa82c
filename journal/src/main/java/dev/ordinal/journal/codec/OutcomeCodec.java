package dev.ordinal.journal.codec;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import dev.ordinal.journal.outcome.GroupOutcome;
import dev.ordinal.journal.outcome.Outcome;
import dev.ordinal.journal.outcome.Refusal;
import dev.ordinal.journal.transaction.Key;
import dev.ordinal.journal.transaction.KeyRange;
import dev.ordinal.proto.store.v1.ClockMarked;
import dev.ordinal.proto.store.v1.Committed;
import dev.ordinal.proto.store.v1.KeptAlive;
import dev.ordinal.proto.store.v1.LeaseGranted;
import dev.ordinal.proto.store.v1.LeaseRevoked;
import dev.ordinal.proto.store.v1.LeaseUnknown;
import dev.ordinal.proto.store.v1.LeasesFull;
import dev.ordinal.proto.store.v1.Malformed;
import dev.ordinal.proto.store.v1.OutOfRange;
import dev.ordinal.proto.store.v1.Refused;
import dev.ordinal.proto.store.v1.Retains;
import dev.ordinal.proto.store.v1.SequenceForgotten;
import dev.ordinal.proto.store.v1.SessionClosed;
import dev.ordinal.proto.store.v1.SessionOpened;
import dev.ordinal.proto.store.v1.SessionUnknown;
import dev.ordinal.proto.store.v1.TickOutdated;
import dev.ordinal.proto.store.v1.TooOld;
import java.util.List;

/** Outcomes as clients receive them, and as sessions keep them. */
public final class OutcomeCodec {
  private OutcomeCodec() {}

  public static byte[] encode(Outcome outcome) {
    return toMessage(outcome).toByteArray();
  }

  /** Throws {@link IllegalArgumentException} if {@code bytes} are not an encoded outcome. */
  public static Outcome decode(byte[] bytes) {
    try {
      return fromMessage(dev.ordinal.proto.store.v1.Outcome.parseFrom(bytes));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException("not an encoded outcome", e);
    }
  }

  public static dev.ordinal.proto.store.v1.Outcome toMessage(Outcome outcome) {
    var message = dev.ordinal.proto.store.v1.Outcome.newBuilder();
    switch (outcome) {
      case Outcome.Committed committed -> message.setCommitted(toMessage(committed));
      case Outcome.Refused(List<GroupOutcome> groups, long currentOrder) -> {
        Refused.Builder refused = Refused.newBuilder().setCurrentOrder(currentOrder);
        groups.forEach(group -> refused.addGroups(toMessage(group)));
        message.setRefused(refused);
      }
      case Outcome.TooOld(long horizon, long currentOrder) ->
          message.setTooOld(TooOld.newBuilder().setHorizon(horizon).setCurrentOrder(currentOrder));
      case Outcome.OutOfRange(long currentOrder, long history) ->
          message.setOutOfRange(
              OutOfRange.newBuilder().setCurrentOrder(currentOrder).setHistory(history));
      case Outcome.SessionUnknown(long session) ->
          message.setSessionUnknown(SessionUnknown.newBuilder().setSession(session));
      case Outcome.SequenceForgotten(long sequence, long through) ->
          message.setSequenceForgotten(
              SequenceForgotten.newBuilder().setSequence(sequence).setAcknowledgedThrough(through));
      case Outcome.Malformed(String reason) ->
          message.setMalformed(Malformed.newBuilder().setReason(reason));
      case Outcome.SessionOpened(long session) ->
          message.setSessionOpened(SessionOpened.newBuilder().setSession(session));
      case Outcome.SessionClosed() -> message.setSessionClosed(SessionClosed.getDefaultInstance());
      case Outcome.LeaseGranted(long lease, long ttlMillis) ->
          message.setLeaseGranted(
              LeaseGranted.newBuilder().setLease(lease).setTtlMillis(ttlMillis));
      case Outcome.LeasesFull(int leasesMax) ->
          message.setLeasesFull(LeasesFull.newBuilder().setLeasesMax(leasesMax));
      case Outcome.LeaseUnknown(long lease) ->
          message.setLeaseUnknown(LeaseUnknown.newBuilder().setLease(lease));
      case Outcome.LeaseRevoked(long lease, long order) ->
          message.setLeaseRevoked(LeaseRevoked.newBuilder().setLease(lease).setOrder(order));
      case Outcome.KeptAlive(List<Long> endedLeases, List<Long> endedSessions) ->
          message.setKeptAlive(
              KeptAlive.newBuilder()
                  .addAllEndedLeases(endedLeases)
                  .addAllEndedSessions(endedSessions));
      case Outcome.ClockMarked(long mark, long clockMillis) ->
          message.setClockMarked(
              ClockMarked.newBuilder().setMark(mark).setClockMillis(clockMillis));
      case Outcome.TickOutdated(long mark) ->
          message.setTickOutdated(TickOutdated.newBuilder().setMark(mark));
      case Outcome.Retains(long floor) -> message.setRetains(Retains.newBuilder().setFloor(floor));
      case Outcome.HoldRefused refused -> message.setHoldRefused(RetentionCodec.toMessage(refused));
    }
    return message.build();
  }

  public static Committed toMessage(Outcome.Committed outcome) {
    Committed.Builder committed = Committed.newBuilder().setOrder(outcome.order());
    outcome.groups().forEach(group -> committed.addGroups(toMessage(group)));
    return committed.build();
  }

  private static dev.ordinal.proto.store.v1.GroupOutcome toMessage(GroupOutcome group) {
    var message = dev.ordinal.proto.store.v1.GroupOutcome.newBuilder();
    switch (group) {
      case GroupOutcome.Accepted(int alternative) -> message.setAlternative(alternative);
      case GroupOutcome.Rejected(Refusal refusal) -> message.setRefusal(toMessage(refusal));
      case GroupOutcome.NotJudged() -> {}
    }
    return message.build();
  }

  /** The typed detail of a refusal, as errors carry it. */
  public static dev.ordinal.proto.store.v1.Refusal toMessage(Refusal refusal) {
    var message = dev.ordinal.proto.store.v1.Refusal.newBuilder();
    message.setKind(kind(refusal));
    if (refusal instanceof Refusal.Conflict conflict) {
      message.setOrder(conflict.order()).setSession(conflict.session());
    }
    switch (refusal) {
      case Refusal.Written written -> message.setKey(bytes(written.key()));
      case Refusal.Deleted deleted -> message.setKey(bytes(deleted.key()));
      case Refusal.Phantom phantom -> setRange(message, phantom.range());
      case Refusal.JournalMoved moved -> {}
      case Refusal.Bound(Key key, long shortfall, long present) ->
          message.setKey(bytes(key)).setShortfall(shortfall).setPresent(present);
      case Refusal.GuardFailed(Key key) -> message.setKey(bytes(key));
      case Refusal.CounterGuardFailed(Key key, long shortfall, long present) ->
          message.setKey(bytes(key)).setShortfall(shortfall).setPresent(present);
      case Refusal.NotACounter(Key key) -> message.setKey(bytes(key));
      case Refusal.IsACounter(Key key) -> message.setKey(bytes(key));
      case Refusal.CounterExists(Key key) -> message.setKey(bytes(key));
      case Refusal.OutOfBounds(Key key, long value) -> message.setKey(bytes(key)).setPresent(value);
      case Refusal.RangeTooLarge(KeyRange range) -> setRange(message, range);
      case Refusal.LeaseEnded(long lease) -> message.setLease(lease);
      case Refusal.LeaseFull(long lease) -> message.setLease(lease);
    }
    return message.build();
  }

  private static dev.ordinal.proto.store.v1.Refusal.Kind kind(Refusal refusal) {
    return switch (refusal) {
      case Refusal.Written written -> dev.ordinal.proto.store.v1.Refusal.Kind.WRITE;
      case Refusal.Deleted deleted -> dev.ordinal.proto.store.v1.Refusal.Kind.DELETE;
      case Refusal.Phantom phantom -> dev.ordinal.proto.store.v1.Refusal.Kind.PHANTOM;
      case Refusal.JournalMoved moved -> dev.ordinal.proto.store.v1.Refusal.Kind.JOURNAL_MOVED;
      case Refusal.Bound bound -> dev.ordinal.proto.store.v1.Refusal.Kind.BOUND;
      case Refusal.GuardFailed guard -> dev.ordinal.proto.store.v1.Refusal.Kind.GUARD;
      case Refusal.CounterGuardFailed guard -> dev.ordinal.proto.store.v1.Refusal.Kind.GUARD;
      case Refusal.NotACounter none -> dev.ordinal.proto.store.v1.Refusal.Kind.NOT_A_COUNTER;
      case Refusal.IsACounter is -> dev.ordinal.proto.store.v1.Refusal.Kind.IS_A_COUNTER;
      case Refusal.CounterExists is -> dev.ordinal.proto.store.v1.Refusal.Kind.COUNTER_EXISTS;
      case Refusal.OutOfBounds out -> dev.ordinal.proto.store.v1.Refusal.Kind.INITIAL_OUT_OF_BOUNDS;
      case Refusal.LeaseEnded ended -> dev.ordinal.proto.store.v1.Refusal.Kind.LEASE_ENDED;
      case Refusal.LeaseFull full -> dev.ordinal.proto.store.v1.Refusal.Kind.LEASE_FULL;
      case Refusal.RangeTooLarge large -> dev.ordinal.proto.store.v1.Refusal.Kind.RANGE_TOO_LARGE;
    };
  }

  private static void setRange(dev.ordinal.proto.store.v1.Refusal.Builder message, KeyRange range) {
    message.setKey(bytes(range.start()));
    message.setRangeEnd(range.end() == null ? ByteString.EMPTY : bytes(range.end()));
  }

  private static ByteString bytes(Key key) {
    return UnsafeByteOperations.unsafeWrap(key.bytes());
  }

  /** Throws {@link IllegalArgumentException} if {@code message} is no outcome. */
  public static Outcome fromMessage(dev.ordinal.proto.store.v1.Outcome message) {
    return switch (message.getKindCase()) {
      case COMMITTED ->
          new Outcome.Committed(
              message.getCommitted().getOrder(), groups(message.getCommitted().getGroupsList()));
      case REFUSED ->
          new Outcome.Refused(
              groups(message.getRefused().getGroupsList()), message.getRefused().getCurrentOrder());
      case TOO_OLD ->
          new Outcome.TooOld(
              message.getTooOld().getHorizon(), message.getTooOld().getCurrentOrder());
      case OUT_OF_RANGE ->
          new Outcome.OutOfRange(
              message.getOutOfRange().getCurrentOrder(), message.getOutOfRange().getHistory());
      case SESSION_UNKNOWN -> new Outcome.SessionUnknown(message.getSessionUnknown().getSession());
      case SEQUENCE_FORGOTTEN ->
          new Outcome.SequenceForgotten(
              message.getSequenceForgotten().getSequence(),
              message.getSequenceForgotten().getAcknowledgedThrough());
      case MALFORMED -> new Outcome.Malformed(message.getMalformed().getReason());
      case SESSION_OPENED -> new Outcome.SessionOpened(message.getSessionOpened().getSession());
      case SESSION_CLOSED -> new Outcome.SessionClosed();
      case LEASE_GRANTED ->
          new Outcome.LeaseGranted(
              message.getLeaseGranted().getLease(), message.getLeaseGranted().getTtlMillis());
      case LEASES_FULL -> new Outcome.LeasesFull(message.getLeasesFull().getLeasesMax());
      case LEASE_UNKNOWN -> new Outcome.LeaseUnknown(message.getLeaseUnknown().getLease());
      case LEASE_REVOKED ->
          new Outcome.LeaseRevoked(
              message.getLeaseRevoked().getLease(), message.getLeaseRevoked().getOrder());
      case KEPT_ALIVE ->
          new Outcome.KeptAlive(
              message.getKeptAlive().getEndedLeasesList(),
              message.getKeptAlive().getEndedSessionsList());
      case CLOCK_MARKED ->
          new Outcome.ClockMarked(
              message.getClockMarked().getMark(), message.getClockMarked().getClockMillis());
      case TICK_OUTDATED -> new Outcome.TickOutdated(message.getTickOutdated().getMark());
      case RETAINS -> new Outcome.Retains(message.getRetains().getFloor());
      case HOLD_REFUSED -> RetentionCodec.fromMessage(message.getHoldRefused());
      case KIND_NOT_SET -> throw new IllegalArgumentException("an outcome without a kind");
    };
  }

  private static List<GroupOutcome> groups(List<dev.ordinal.proto.store.v1.GroupOutcome> messages) {
    return messages.stream().map(OutcomeCodec::fromMessage).toList();
  }

  private static GroupOutcome fromMessage(dev.ordinal.proto.store.v1.GroupOutcome message) {
    return switch (message.getKindCase()) {
      case ALTERNATIVE -> new GroupOutcome.Accepted(message.getAlternative());
      case REFUSAL -> new GroupOutcome.Rejected(fromMessage(message.getRefusal()));
      case KIND_NOT_SET -> new GroupOutcome.NotJudged();
    };
  }

  private static Refusal fromMessage(dev.ordinal.proto.store.v1.Refusal message) {
    Key key = Key.wrap(message.getKey().toByteArray());
    long order = message.getOrder();
    long session = message.getSession();
    return switch (message.getKind()) {
      case WRITE -> new Refusal.Written(key, order, session);
      case DELETE -> new Refusal.Deleted(key, order, session);
      case PHANTOM -> new Refusal.Phantom(range(message), order, session);
      case JOURNAL_MOVED -> new Refusal.JournalMoved(order, session);
      case BOUND -> new Refusal.Bound(key, message.getShortfall(), message.getPresent());
      case GUARD ->
          message.hasShortfall()
              ? new Refusal.CounterGuardFailed(key, message.getShortfall(), message.getPresent())
              : new Refusal.GuardFailed(key);
      case NOT_A_COUNTER -> new Refusal.NotACounter(key);
      case IS_A_COUNTER -> new Refusal.IsACounter(key);
      case COUNTER_EXISTS -> new Refusal.CounterExists(key);
      case INITIAL_OUT_OF_BOUNDS -> new Refusal.OutOfBounds(key, message.getPresent());
      case RANGE_TOO_LARGE -> new Refusal.RangeTooLarge(range(message));
      case LEASE_ENDED -> new Refusal.LeaseEnded(message.getLease());
      case LEASE_FULL -> new Refusal.LeaseFull(message.getLease());
      case KIND_UNSPECIFIED, UNRECOGNIZED ->
          throw new IllegalArgumentException("a refusal of no known kind");
    };
  }

  private static KeyRange range(dev.ordinal.proto.store.v1.Refusal message) {
    ByteString end = message.getRangeEnd();
    return new KeyRange(
        Key.wrap(message.getKey().toByteArray()),
        end.isEmpty() ? null : Key.wrap(end.toByteArray()));
  }
}
