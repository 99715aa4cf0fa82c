package dev.ordinal.server.rpc;

import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import com.google.protobuf.Message;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import dev.ordinal.consensus.core.Verdict;
import dev.ordinal.journal.codec.OutcomeCodec;
import dev.ordinal.journal.outcome.GroupOutcome;
import dev.ordinal.journal.outcome.Outcome;
import dev.ordinal.journal.outcome.Refusal;
import dev.ordinal.journal.retention.NotRetained;
import dev.ordinal.journal.retention.Retention;
import dev.ordinal.journal.state.Head;
import dev.ordinal.journal.transaction.Limits;
import dev.ordinal.journal.transaction.Origin;
import dev.ordinal.proto.store.v1.Conflict;
import dev.ordinal.proto.store.v1.Lag;
import dev.ordinal.proto.store.v1.LeaderHint;
import dev.ordinal.proto.store.v1.LimitExceeded;
import dev.ordinal.proto.store.v1.NotLeader;
import dev.ordinal.proto.store.v1.OutcomeUnknown;
import dev.ordinal.proto.store.v1.Overloaded;
import dev.ordinal.proto.store.v1.Retained;
import dev.ordinal.proto.store.v1.Violation;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.ArrayList;
import java.util.List;

/**
 * Everything that can go wrong, as gRPC errors: docs/errors.md is this class in words. The codes
 * follow what the caller should do: call again (UNAVAILABLE), read again (ABORTED), mend the state
 * first (FAILED_PRECONDITION).
 */
final class Errors {
  /** After this a leader may be known, or a queue shorter. */
  static final long RETRY_AFTER_MILLIS = 50;

  private static final String DOMAIN = "ordinal.dev";
  private static final int REFUSALS_MAX = 16;

  private Errors() {}

  static StatusRuntimeException invalid(String reason, String message) {
    return error(Code.INVALID_ARGUMENT, reason, message);
  }

  static StatusRuntimeException limit(String what, long value, long allowed) {
    LimitExceeded detail =
        LimitExceeded.newBuilder().setWhat(what).setValue(value).setAllowed(allowed).build();
    return error(
        Code.INVALID_ARGUMENT,
        "LIMIT_EXCEEDED",
        new Limits.Breach(what, value, allowed).toString(),
        detail);
  }

  /** The command was refused at the door, before it could enter the log. */
  static StatusRuntimeException malformed(String reason) {
    return error(Code.INVALID_ARGUMENT, "MALFORMED", reason);
  }

  /** {@code order} is not, or no longer, an order ID that can be read at. */
  static StatusRuntimeException notRetained(String message, Retained detail) {
    return error(Code.OUT_OF_RANGE, "NOT_RETAINED", message, detail);
  }

  /** What a read or a subscription asks for lies below the floor. */
  static StatusRuntimeException of(NotRetained trimmed) {
    return notRetained(
        String.valueOf(trimmed.getMessage()),
        Retained.newBuilder()
            .setFloor(trimmed.floor())
            .setCurrentOrder(trimmed.lastOrder())
            .setWantedOrder(trimmed.wanted())
            .build());
  }

  /** The leader says so, who knows: nothing had committed at {@code wanted} when it was asked. */
  static StatusRuntimeException beyondHead(long wanted, Head head) {
    long floor = head.retention().floor();
    long last = head.order().order();
    return error(
        Code.OUT_OF_RANGE,
        "BEYOND_HEAD",
        "order ID %d has not been reached: the last one is %d, and %d to %d can be read"
            .formatted(wanted, last, floor, last),
        retained(floor, last, head.history()).toBuilder().setWantedOrder(wanted).build());
  }

  static StatusRuntimeException lag(long wanted, long applied, LeaderHint leader) {
    return error(
        Code.UNAVAILABLE,
        "REPLICA_BEHIND",
        "this replica has applied order ID %d and waited for %d in vain; ask the leader"
            .formatted(applied, wanted),
        Lag.newBuilder().setAppliedOrder(applied).setWantedOrder(wanted).setLeader(leader).build());
  }

  static StatusRuntimeException overloaded(String what, long queued, long queuedMax) {
    return error(
        Code.RESOURCE_EXHAUSTED,
        "OVERLOADED",
        "%d %s wait already; try again later".formatted(queued, what),
        Overloaded.newBuilder().setQueued(queued).setQueuedMax(queuedMax).build(),
        retryInfo());
  }

  static StatusRuntimeException notLeader(LeaderHint leader) {
    String message =
        leader.getNode() == 0
            ? "this replica does not lead, and knows no leader at present"
            : "this replica does not lead; node %d at %s does"
                .formatted(leader.getNode(), leader.getAddress());
    return error(
        Code.UNAVAILABLE,
        "NOT_LEADER",
        message,
        NotLeader.newBuilder().setLeader(leader).build(),
        retryInfo());
  }

  /** A change of the members that cannot be; {@code message} says what to do. */
  static StatusRuntimeException changeRefused(String reason, String message) {
    return error(Code.FAILED_PRECONDITION, reason, message);
  }

  /** A change of the members that may be asked for again soon, as it was. */
  static StatusRuntimeException changeLater(String reason, String message) {
    return error(Code.UNAVAILABLE, reason, message, retryInfo());
  }

  static StatusRuntimeException outcomeUnknown(String reason, String message, Origin origin) {
    OutcomeUnknown detail =
        OutcomeUnknown.newBuilder()
            .setSession(origin.session())
            .setSequence(origin.sequence())
            .build();
    return error(Code.FAILED_PRECONDITION, reason, message, detail);
  }

  static StatusRuntimeException unexpected(Throwable cause) {
    return error(Code.INTERNAL, "UNEXPECTED", "unexpected failure in the server: " + cause);
  }

  /** What consensus said instead of logging a command or confirming a read. */
  static StatusRuntimeException of(Verdict verdict, Origin origin, Leaders leaders) {
    return switch (verdict) {
      case Verdict.NotLeader(int leader) -> notLeader(leaders.hint(leader));
      case Verdict.Overloaded(int queued) -> overloaded("requests", queued, queued);
      case Verdict.TooLarge(int length, int lengthMax) -> limit("command bytes", length, lengthMax);
      case Verdict.Undetermined() ->
          outcomeUnknown(
              "UNDETERMINED",
              "leadership was lost while the transaction was under way; it may take effect or not",
              origin);
      case Verdict.ReadableAt _, Verdict.OnMembership _ ->
          throw new IllegalArgumentException("not an error: " + verdict);
    };
  }

  /** The error for every outcome but {@link Outcome.Committed} and the sessions' own. */
  static StatusRuntimeException of(Outcome outcome, Origin origin, long history) {
    return switch (outcome) {
      case Outcome.Refused(List<GroupOutcome> groups, long currentOrder) ->
          refused(refusals(groups), currentOrder);
      case Outcome.TooOld(long horizon, long currentOrder) ->
          notRetained(
              "the snapshot is older than order ID %d, the oldest still judged; read again"
                  .formatted(horizon),
              retained(horizon, currentOrder, history));
      case Outcome.OutOfRange(long currentOrder, long present) ->
          notRetained(
              "the snapshot lies beyond order ID %d, or in another history than %016x"
                  .formatted(currentOrder, present),
              retained(0, currentOrder, present));
      case Outcome.SessionUnknown(long session) ->
          outcomeUnknown(
              "SESSION_UNKNOWN",
              "session %d is not open (any more); read before deciding whether to repeat"
                  .formatted(session),
              origin);
      case Outcome.SequenceForgotten(long sequence, long acknowledgedThrough) ->
          outcomeUnknown(
              "SEQUENCE_FORGOTTEN",
              "sequence %d is not judged again: everything through %d was acknowledged"
                  .formatted(sequence, acknowledgedThrough),
              origin);
      case Outcome.Malformed(String reason) -> malformed(reason);
      case Outcome.HoldRefused refused -> holdRefused(refused, history);
      case Outcome.LeaseUnknown(long lease) -> leaseUnknown(lease);
      case Outcome.LeasesFull(int leasesMax) ->
          error(
              Code.RESOURCE_EXHAUSTED,
              "LEASES_FULL",
              "the store has %d leases, no more are allowed; end some first".formatted(leasesMax));
      case Outcome.Committed _,
          Outcome.SessionOpened _,
          Outcome.SessionClosed _,
          Outcome.LeaseGranted _,
          Outcome.LeaseRevoked _,
          Outcome.KeptAlive _,
          Outcome.ClockMarked _,
          Outcome.TickOutdated _,
          Outcome.Retains _ ->
          throw new IllegalArgumentException("not an error: " + outcome);
    };
  }

  private static StatusRuntimeException holdRefused(Outcome.HoldRefused refused, long history) {
    Retained detail = retained(refused.floor(), refused.currentOrder(), history);
    return switch (refused.reason()) {
      case BELOW_FLOOR, BEYOND_HEAD ->
          notRetained(
              "a hold can be placed from %d (the floor) to %d (the last order ID)"
                  .formatted(refused.floor(), refused.currentOrder()),
              detail);
      case TOO_MANY ->
          error(
              Code.FAILED_PRECONDITION,
              "TOO_MANY_HOLDS",
              "there are %d holds already; release one".formatted(Retention.HOLDS_MAX));
    };
  }

  static StatusRuntimeException leaseUnknown(long lease) {
    return error(
        Code.NOT_FOUND, "LEASE_UNKNOWN", "lease %d has ended, or never was".formatted(lease));
  }

  static Retained retained(long floor, long currentOrder, long history) {
    return Retained.newBuilder()
        .setFloor(floor)
        .setCurrentOrder(currentOrder)
        .setHistory(history)
        .build();
  }

  private static List<Refusal> refusals(List<GroupOutcome> groups) {
    List<Refusal> refusals = new ArrayList<>();
    for (GroupOutcome group : groups) {
      switch (group) {
        case GroupOutcome.Rejected(Refusal refusal) -> refusals.add(refusal);
        case GroupOutcome.Accepted _, GroupOutcome.NotJudged _ -> {}
      }
    }
    return refusals;
  }

  /** One conflict is enough: reading again is what helps then, whatever else does not hold. */
  private static StatusRuntimeException refused(List<Refusal> refusals, long currentOrder) {
    List<dev.ordinal.proto.store.v1.Refusal> first =
        refusals.stream().limit(REFUSALS_MAX).map(OutcomeCodec::toMessage).toList();
    if (refusals.stream().anyMatch(Refusal.Conflict.class::isInstance)) {
      return error(
          Code.ABORTED,
          "CONFLICT",
          "something that was read has changed: " + refusals.getFirst(),
          Conflict.newBuilder().addAllRefusals(first).setCurrentOrder(currentOrder).build());
    }
    return error(
        Code.FAILED_PRECONDITION,
        "VIOLATION",
        "a guard or a bound does not hold: " + refusals.getFirst(),
        Violation.newBuilder().addAllRefusals(first).setCurrentOrder(currentOrder).build());
  }

  private static RetryInfo retryInfo() {
    return RetryInfo.newBuilder()
        .setRetryDelay(Duration.newBuilder().setNanos((int) RETRY_AFTER_MILLIS * 1_000_000))
        .build();
  }

  private static StatusRuntimeException error(
      Code code, String reason, String message, Message... details) {
    Status.Builder status = Status.newBuilder().setCode(code.getNumber()).setMessage(message);
    status.addDetails(Any.pack(ErrorInfo.newBuilder().setDomain(DOMAIN).setReason(reason).build()));
    for (Message detail : details) {
      status.addDetails(Any.pack(detail));
    }
    return StatusProto.toStatusRuntimeException(status.build());
  }
}
