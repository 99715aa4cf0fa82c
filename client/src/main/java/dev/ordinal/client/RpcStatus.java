package dev.ordinal.client;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import dev.ordinal.proto.store.v1.Conflict;
import dev.ordinal.proto.store.v1.Lag;
import dev.ordinal.proto.store.v1.LeaderHint;
import dev.ordinal.proto.store.v1.NotLeader;
import dev.ordinal.proto.store.v1.OutcomeUnknown;
import dev.ordinal.proto.store.v1.Overloaded;
import dev.ordinal.proto.store.v1.Retained;
import dev.ordinal.proto.store.v1.Violation;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The one place that knows what gRPC statuses and their typed details mean. */
final class RpcStatus {
  private static final List<String> SESSION_LOST = List.of("SESSION_UNKNOWN", "SEQUENCE_FORGOTTEN");

  private final Status status;
  private final com.google.rpc.@Nullable Status details;

  RpcStatus(Status status, @Nullable Metadata trailers) {
    this.status = status;
    this.details = StatusProto.fromStatusAndTrailers(status, trailers);
  }

  /** What the end of a call other than a commit means. */
  Failure failure(String address) {
    String text = text(address);
    return switch (status.getCode()) {
      case UNAVAILABLE -> unavailable(text);
      case DEADLINE_EXCEEDED, CANCELLED ->
          failure(Failure.Remedy.ASK_ANOTHER, OrdinalException.Kind.TIMED_OUT, text);
      case RESOURCE_EXHAUSTED ->
          new Failure(
              Failure.Remedy.WAIT,
              new OrdinalException(OrdinalException.Kind.OVERLOADED, text),
              null,
              retryAfterMillis());
      case DATA_LOSS -> failure(Failure.Remedy.ASK_ANOTHER, OrdinalException.Kind.DATA_LOSS, text);
      case OUT_OF_RANGE -> outOfRange(text);
      case FAILED_PRECONDITION -> failure(Failure.Remedy.NONE, OrdinalException.Kind.REFUSED, text);
      case INVALID_ARGUMENT, NOT_FOUND, UNIMPLEMENTED ->
          failure(Failure.Remedy.NONE, OrdinalException.Kind.INVALID, text);
      default -> failure(Failure.Remedy.ASK_ANOTHER, OrdinalException.Kind.OTHER, text);
    };
  }

  private Failure outOfRange(String text) {
    Retained detail = retained();
    RetainedRange range =
        detail == null
            ? null
            : new RetainedRange(
                OrderId.of(detail.getFloor()), OrderId.of(detail.getCurrentOrder()));
    return new Failure(Failure.Remedy.NONE, new OrdinalException(text, range), null, 0);
  }

  private Failure unavailable(String text) {
    OrdinalException cause = new OrdinalException(OrdinalException.Kind.UNAVAILABLE, text);
    Lag lag = detail(Lag.class);
    if (lag != null) {
      return new Failure(Failure.Remedy.ASK_WHO_IS_AHEAD, cause, address(lag.getLeader()), 0);
    }
    NotLeader notLeader = detail(NotLeader.class);
    if (notLeader == null) {
      return new Failure(Failure.Remedy.ASK_ANOTHER, cause, null, 0);
    }
    return new Failure(
        Failure.Remedy.ASK_THE_LEADER, cause, address(notLeader.getLeader()), retryAfterMillis());
  }

  private static Failure failure(Failure.Remedy remedy, OrdinalException.Kind kind, String text) {
    return new Failure(remedy, new OrdinalException(kind, text), null, 0);
  }

  /** The order IDs that are retained, if that is what the call ran into. */
  @Nullable Retained retained() {
    return status.getCode() == Status.Code.OUT_OF_RANGE ? detail(Retained.class) : null;
  }

  /** What the error end of a unary commit means. */
  CommitAnswer commitAnswer(String address) {
    return switch (status.getCode()) {
      case ABORTED, FAILED_PRECONDITION -> refusedOrUndetermined();
      case OUT_OF_RANGE -> outOfRange();
      case INVALID_ARGUMENT -> new CommitAnswer.Final(new Outcome.Invalid(text(address)));
      case RESOURCE_EXHAUSTED ->
          detail(Overloaded.class) == null
              ? new CommitAnswer.Lost(text(address))
              : new CommitAnswer.Overloaded(text(address), retryAfterMillis());
      case UNAVAILABLE -> {
        NotLeader notLeader = detail(NotLeader.class);
        yield notLeader == null
            ? new CommitAnswer.Lost(text(address))
            : new CommitAnswer.NotLeader(
                text(address), address(notLeader.getLeader()), retryAfterMillis());
      }
      default -> new CommitAnswer.Lost(text(address));
    };
  }

  private CommitAnswer refusedOrUndetermined() {
    Conflict conflict = detail(Conflict.class);
    if (conflict != null) {
      return refused(conflict.getRefusalsList(), conflict.getCurrentOrder());
    }
    Violation violation = detail(Violation.class);
    if (violation != null) {
      return refused(violation.getRefusalsList(), violation.getCurrentOrder());
    }
    if (detail(OutcomeUnknown.class) == null) {
      return new CommitAnswer.Lost(text(""));
    }
    ErrorInfo info = detail(ErrorInfo.class);
    return info != null && SESSION_LOST.contains(info.getReason())
        ? new CommitAnswer.SessionLost(text(""))
        : new CommitAnswer.Undetermined();
  }

  private static CommitAnswer refused(
      List<dev.ordinal.proto.store.v1.Refusal> refusals, long currentOrder) {
    List<GroupOutcome> groups =
        refusals.stream()
            .<GroupOutcome>map(each -> new GroupOutcome.Refused(OutcomeCodec.refusal(each)))
            .toList();
    return new CommitAnswer.Final(new Outcome.Refused(groups, OrderId.of(currentOrder)));
  }

  private CommitAnswer outOfRange() {
    Retained retained = detail(Retained.class);
    if (retained == null) {
      return new CommitAnswer.Final(new Outcome.Invalid(text("")));
    }
    OrderId current = OrderId.of(retained.getCurrentOrder());
    return new CommitAnswer.Final(
        retained.getFloor() > 0
            ? new Outcome.TooOld(OrderId.of(retained.getFloor()), current)
            : new Outcome.OutOfRange(current, new HistoryId(retained.getHistory())));
  }

  /** The address of a hint, if it names a leader. */
  static @Nullable String address(LeaderHint hint) {
    return hint.getAddress().isEmpty() ? null : hint.getAddress();
  }

  String text(String address) {
    if (status.getCode() == Status.Code.UNIMPLEMENTED) {
      return ("%s does not serve clients: it is a replica's port for peers, or another program;"
              + " name a replica's port for clients")
          .formatted(address.isEmpty() ? "who answered" : address);
    }
    String description = status.getDescription();
    Throwable cause = status.getCause();
    String text = description == null ? status.getCode().name() : description;
    if (cause != null && cause.getMessage() != null && !text.contains(cause.getMessage())) {
      text += ": " + cause.getMessage();
    }
    return address.isEmpty() ? text : text + " (" + address + ")";
  }

  private long retryAfterMillis() {
    RetryInfo info = detail(RetryInfo.class);
    return info == null
        ? 0
        : TimeUnit.SECONDS.toMillis(info.getRetryDelay().getSeconds())
            + TimeUnit.NANOSECONDS.toMillis(info.getRetryDelay().getNanos());
  }

  private <M extends Message> @Nullable M detail(Class<M> type) {
    if (details == null) {
      return null;
    }
    for (Any any : details.getDetailsList()) {
      if (any.is(type)) {
        try {
          return any.unpack(type);
        } catch (InvalidProtocolBufferException e) {
          return null;
        }
      }
    }
    return null;
  }
}
