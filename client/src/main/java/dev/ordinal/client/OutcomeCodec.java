package dev.ordinal.client;

import com.google.protobuf.ByteString;
import dev.ordinal.proto.store.v1.NotAccepted;
import dev.ordinal.proto.store.v1.TaggedOutcome;
import java.util.List;

/** Reads what the store says about a transaction. */
final class OutcomeCodec {
  private OutcomeCodec() {}

  static CommitAnswer answer(TaggedOutcome tagged) {
    return switch (tagged.getResultCase()) {
      case OUTCOME -> answer(tagged.getOutcome());
      case NOT_ACCEPTED -> notAccepted(tagged.getNotAccepted());
      case UNDETERMINED -> new CommitAnswer.Undetermined();
      case RESULT_NOT_SET -> new CommitAnswer.Lost("the reply has no result");
    };
  }

  private static CommitAnswer notAccepted(NotAccepted message) {
    String reason =
        message.getMessage().isEmpty() ? message.getReason().name() : message.getMessage();
    return switch (message.getReason()) {
      case INVALID -> new CommitAnswer.Final(new Outcome.Invalid(reason));
      case OVERLOADED -> new CommitAnswer.Overloaded(reason, message.getRetryAfterMillis());
      case NOT_LEADER, REASON_UNSPECIFIED, UNRECOGNIZED ->
          new CommitAnswer.NotLeader(
              reason, RpcStatus.address(message.getLeader()), message.getRetryAfterMillis());
    };
  }

  static CommitAnswer answer(dev.ordinal.proto.store.v1.Outcome message) {
    return switch (message.getKindCase()) {
      case SESSION_UNKNOWN ->
          new CommitAnswer.SessionLost(
              "the store does not know session " + message.getSessionUnknown().getSession());
      case SEQUENCE_FORGOTTEN ->
          new CommitAnswer.SessionLost(
              "the store has forgotten sequence " + message.getSequenceForgotten().getSequence());
      case COMMITTED, REFUSED, TOO_OLD, OUT_OF_RANGE, MALFORMED ->
          new CommitAnswer.Final(outcome(message));
      case SESSION_OPENED,
          SESSION_CLOSED,
          LEASE_GRANTED,
          LEASES_FULL,
          LEASE_UNKNOWN,
          LEASE_REVOKED,
          KEPT_ALIVE,
          CLOCK_MARKED,
          TICK_OUTDATED,
          RETAINS,
          HOLD_REFUSED,
          KIND_NOT_SET ->
          new CommitAnswer.Lost("the reply is not one to a transaction: " + message.getKindCase());
    };
  }

  /** The outcome of a message that {@link #answer} takes as final. */
  private static Outcome outcome(dev.ordinal.proto.store.v1.Outcome message) {
    return switch (message.getKindCase()) {
      case COMMITTED -> committed(message.getCommitted());
      case REFUSED ->
          new Outcome.Refused(
              groups(message.getRefused().getGroupsList()),
              OrderId.of(message.getRefused().getCurrentOrder()));
      case TOO_OLD ->
          new Outcome.TooOld(
              OrderId.of(message.getTooOld().getHorizon()),
              OrderId.of(message.getTooOld().getCurrentOrder()));
      case OUT_OF_RANGE ->
          new Outcome.OutOfRange(
              OrderId.of(message.getOutOfRange().getCurrentOrder()),
              new HistoryId(message.getOutOfRange().getHistory()));
      default -> new Outcome.Invalid(message.getMalformed().getReason());
    };
  }

  static Outcome.Committed committed(dev.ordinal.proto.store.v1.Committed message) {
    return new Outcome.Committed(OrderId.of(message.getOrder()), groups(message.getGroupsList()));
  }

  private static List<GroupOutcome> groups(List<dev.ordinal.proto.store.v1.GroupOutcome> groups) {
    return groups.stream().map(OutcomeCodec::group).toList();
  }

  private static GroupOutcome group(dev.ordinal.proto.store.v1.GroupOutcome message) {
    return switch (message.getKindCase()) {
      case ALTERNATIVE -> new GroupOutcome.Accepted(message.getAlternative());
      case REFUSAL -> new GroupOutcome.Refused(refusal(message.getRefusal()));
      case KIND_NOT_SET -> new GroupOutcome.NotJudged();
    };
  }

  static Refusal refusal(dev.ordinal.proto.store.v1.Refusal message) {
    boolean isRange = message.hasRangeEnd();
    boolean isKey = !isRange && !message.getKey().isEmpty();
    return new Refusal(
        kind(message.getKind()),
        isKey ? Key.of(message.getKey()) : null,
        isRange ? range(message.getKey(), message.getRangeEnd()) : null,
        OrderId.of(message.getOrder()),
        message.getSession(),
        message.getShortfall(),
        message.getPresent());
  }

  private static KeyRange range(ByteString start, ByteString end) {
    Key first = start.isEmpty() ? KeyRange.all().start() : Key.of(start);
    return end.isEmpty() ? KeyRange.from(first) : KeyRange.between(first, Key.of(end));
  }

  private static Refusal.Kind kind(dev.ordinal.proto.store.v1.Refusal.Kind kind) {
    return switch (kind) {
      case WRITE -> Refusal.Kind.WRITE;
      case DELETE -> Refusal.Kind.DELETE;
      case PHANTOM -> Refusal.Kind.PHANTOM;
      case JOURNAL_MOVED -> Refusal.Kind.JOURNAL_MOVED;
      case BOUND -> Refusal.Kind.BOUND;
      case GUARD -> Refusal.Kind.GUARD;
      case NOT_A_COUNTER -> Refusal.Kind.NOT_A_COUNTER;
      case IS_A_COUNTER -> Refusal.Kind.IS_A_COUNTER;
      case COUNTER_EXISTS -> Refusal.Kind.COUNTER_EXISTS;
      case INITIAL_OUT_OF_BOUNDS -> Refusal.Kind.INITIAL_OUT_OF_BOUNDS;
      case RANGE_TOO_LARGE -> Refusal.Kind.RANGE_TOO_LARGE;
      case LEASE_ENDED -> Refusal.Kind.LEASE_ENDED;
      case LEASE_FULL -> Refusal.Kind.LEASE_FULL;
      case KIND_UNSPECIFIED, UNRECOGNIZED -> Refusal.Kind.UNRECOGNIZED;
    };
  }
}
