package dev.ordinal.server.rpc;

import static dev.ordinal.server.testing.Requests.detail;
import static dev.ordinal.server.testing.Requests.reason;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import com.google.rpc.RetryInfo;
import dev.ordinal.consensus.core.Verdict;
import dev.ordinal.journal.outcome.GroupOutcome;
import dev.ordinal.journal.outcome.Outcome;
import dev.ordinal.journal.outcome.Refusal;
import dev.ordinal.journal.transaction.Key;
import dev.ordinal.journal.transaction.Origin;
import dev.ordinal.proto.store.v1.Conflict;
import dev.ordinal.proto.store.v1.LimitExceeded;
import dev.ordinal.proto.store.v1.NotLeader;
import dev.ordinal.proto.store.v1.OutcomeUnknown;
import dev.ordinal.proto.store.v1.Overloaded;
import dev.ordinal.proto.store.v1.Retained;
import dev.ordinal.proto.store.v1.Violation;
import dev.ordinal.server.testing.TestCluster;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The table of docs/errors.md, row by row. */
class ErrorsTest {
  private static final Origin ORIGIN = new Origin(3, 9, 0);
  private static final Refusal WRITTEN = new Refusal.Written(Key.of("key"), 5, 4);
  private static final Refusal BOUND = new Refusal.Bound(Key.of("escrow"), 3, 5);

  private final Leaders leaders = new Leaders(TestCluster.loopback(3)::member);

  @Test
  void aConflictOutweighsAViolation() {
    expect(refused(BOUND), Code.FAILED_PRECONDITION, "VIOLATION", Violation.class);
    expect(refused(WRITTEN), Code.ABORTED, "CONFLICT", Conflict.class);
    expect(refused(BOUND, WRITTEN), Code.ABORTED, "CONFLICT", Conflict.class);
  }

  @Test
  void onlyTheFirstRefusalsAreTold() {
    List<GroupOutcome> many =
        Collections.nCopies(100, (GroupOutcome) new GroupOutcome.Rejected(WRITTEN));
    StatusRuntimeException error = error(new Outcome.Refused(many, 7));
    assertThat(detail(error, Conflict.class).getRefusalsCount()).isEqualTo(16);
    assertThat(detail(error, Conflict.class).getCurrentOrder()).isEqualTo(7);
  }

  @Test
  void aSnapshotThatCannotBeJudgedIsOutOfRange() {
    StatusRuntimeException old = error(new Outcome.TooOld(100, 200));
    expect(old, Code.OUT_OF_RANGE, "NOT_RETAINED", Retained.class);
    assertThat(detail(old, Retained.class).getFloor()).isEqualTo(100);
    StatusRuntimeException beyond = error(new Outcome.OutOfRange(200, 77));
    expect(beyond, Code.OUT_OF_RANGE, "NOT_RETAINED", Retained.class);
    assertThat(detail(beyond, Retained.class).getFloor()).isZero();
    assertThat(detail(beyond, Retained.class).getHistory()).isEqualTo(77);
  }

  @Test
  void whereNobodyKnowsTheTransactionIsNamed() {
    for (StatusRuntimeException error :
        List.of(
            error(new Outcome.SessionUnknown(3)),
            error(new Outcome.SequenceForgotten(9, 10)),
            error(new Verdict.Undetermined()))) {
      assertThat(error.getStatus().getCode()).isEqualTo(Code.FAILED_PRECONDITION);
      OutcomeUnknown unknown = detail(error, OutcomeUnknown.class);
      assertThat(unknown.getSession()).isEqualTo(3);
      assertThat(unknown.getSequence()).isEqualTo(9);
    }
  }

  @Test
  void whatNeverEnteredTheLogMayBeRepeated() {
    StatusRuntimeException follower = error(new Verdict.NotLeader(2));
    expect(follower, Code.UNAVAILABLE, "NOT_LEADER", NotLeader.class);
    assertThat(detail(follower, NotLeader.class).getLeader().getNode()).isEqualTo(2);
    assertThat(detail(follower, RetryInfo.class).hasRetryDelay()).isTrue();

    StatusRuntimeException nobody = error(new Verdict.NotLeader(0));
    assertThat(detail(nobody, NotLeader.class).getLeader().getAddress()).isEmpty();

    StatusRuntimeException full = error(new Verdict.Overloaded(20_000));
    expect(full, Code.RESOURCE_EXHAUSTED, "OVERLOADED", Overloaded.class);
    assertThat(detail(full, RetryInfo.class).hasRetryDelay()).isTrue();
  }

  @Test
  void aLimitIsNamedWithValueAndBound() {
    StatusRuntimeException large = error(new Verdict.TooLarge(5_000_000, 4_259_840));
    expect(large, Code.INVALID_ARGUMENT, "LIMIT_EXCEEDED", LimitExceeded.class);
    assertThat(detail(large, LimitExceeded.class).getAllowed()).isEqualTo(4_259_840);
    assertThat(large.getStatus().getDescription())
        .isEqualTo("command bytes: at most 4259840 are allowed, was 5000000");
  }

  private StatusRuntimeException error(Verdict verdict) {
    return Errors.of(verdict, ORIGIN, leaders);
  }

  private static StatusRuntimeException error(Outcome outcome) {
    return Errors.of(outcome, ORIGIN, 1);
  }

  private static StatusRuntimeException refused(Refusal... refusals) {
    List<GroupOutcome> groups =
        List.of(refusals).stream().<GroupOutcome>map(GroupOutcome.Rejected::new).toList();
    return error(new Outcome.Refused(groups, 7));
  }

  private static void expect(
      StatusRuntimeException error, Code code, String reason, Class<? extends Message> type) {
    assertThat(error.getStatus().getCode()).isEqualTo(code);
    assertThat(reason(error)).isEqualTo(reason);
    assertThat(detail(error, type)).isNotNull();
  }
}
