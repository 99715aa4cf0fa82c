package dev.ordinal.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import com.google.rpc.ErrorInfo;
import dev.ordinal.proto.store.v1.Conflict;
import dev.ordinal.proto.store.v1.Lag;
import dev.ordinal.proto.store.v1.LeaderHint;
import dev.ordinal.proto.store.v1.NotLeader;
import dev.ordinal.proto.store.v1.OutcomeUnknown;
import dev.ordinal.proto.store.v1.Overloaded;
import dev.ordinal.proto.store.v1.Retained;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What errors mean, for commits and for other calls. */
class RpcStatusTest {
  private static RpcStatus status(Status.Code code, Message... details) {
    StatusRuntimeException error = StatusDetails.error(code, details);
    return new RpcStatus(error.getStatus(), error.getTrailers());
  }

  private static CommitAnswer commit(Status.Code code, Message... details) {
    return status(code, details).commitAnswer("a:1");
  }

  @Test
  void aConflictNamesTheKeyAndWhoWasFaster() {
    dev.ordinal.proto.store.v1.Refusal refusal =
        dev.ordinal.proto.store.v1.Refusal.newBuilder()
            .setKind(dev.ordinal.proto.store.v1.Refusal.Kind.WRITE)
            .setKey(ByteString.copyFromUtf8("k"))
            .setOrder(9)
            .setSession(4)
            .build();
    Outcome.Refused expected =
        new Outcome.Refused(
            List.of(
                new GroupOutcome.Refused(
                    new Refusal(Refusal.Kind.WRITE, Key.of("k"), null, OrderId.of(9), 4, 0, 0))),
            OrderId.of(11));
    Conflict detail = Conflict.newBuilder().addRefusals(refusal).setCurrentOrder(11).build();
    assertThat(commit(Status.Code.ABORTED, detail)).isEqualTo(new CommitAnswer.Final(expected));
    assertThat(expected.isConflict()).isTrue();
    assertThat(expected.beatenAt()).isEqualTo(OrderId.of(9));
  }

  @Test
  void onlyANamedReasonSaysThatNothingEnteredTheLog() {
    NotLeader elsewhere =
        NotLeader.newBuilder().setLeader(LeaderHint.newBuilder().setAddress("b:2")).build();
    assertThat(commit(Status.Code.UNAVAILABLE, elsewhere))
        .isInstanceOf(CommitAnswer.NotLeader.class)
        .extracting("leader")
        .isEqualTo("b:2");
    assertThat(commit(Status.Code.RESOURCE_EXHAUSTED, Overloaded.getDefaultInstance()))
        .isInstanceOf(CommitAnswer.Overloaded.class);
    assertThat(commit(Status.Code.UNAVAILABLE)).isInstanceOf(CommitAnswer.Lost.class);
    assertThat(commit(Status.Code.RESOURCE_EXHAUSTED)).isInstanceOf(CommitAnswer.Lost.class);
    assertThat(commit(Status.Code.INTERNAL)).isInstanceOf(CommitAnswer.Lost.class);
    assertThat(commit(Status.Code.DEADLINE_EXCEEDED)).isInstanceOf(CommitAnswer.Lost.class);
  }

  @Test
  void anUnknownOutcomeAndALostSessionAreToldApart() {
    OutcomeUnknown unknown = OutcomeUnknown.getDefaultInstance();
    ErrorInfo session = ErrorInfo.newBuilder().setReason("SESSION_UNKNOWN").build();
    assertThat(commit(Status.Code.FAILED_PRECONDITION, unknown))
        .isInstanceOf(CommitAnswer.Undetermined.class);
    assertThat(commit(Status.Code.FAILED_PRECONDITION, session, unknown))
        .isInstanceOf(CommitAnswer.SessionLost.class);
  }

  @Test
  void anOldSnapshotAndOneFromTheFutureAreToldApart() {
    Retained floor = Retained.newBuilder().setFloor(5).setCurrentOrder(9).build();
    Retained head = Retained.newBuilder().setCurrentOrder(9).setHistory(3).build();
    assertThat(commit(Status.Code.OUT_OF_RANGE, floor))
        .isEqualTo(new CommitAnswer.Final(new Outcome.TooOld(OrderId.of(5), OrderId.of(9))));
    assertThat(commit(Status.Code.OUT_OF_RANGE, head))
        .isEqualTo(new CommitAnswer.Final(new Outcome.OutOfRange(OrderId.of(9), new HistoryId(3))));
  }

  @Test
  void whatIsRetainedIsSaidToWhoeverReadsBelowIt() {
    Retained detail =
        Retained.newBuilder().setFloor(5).setCurrentOrder(9).setWantedOrder(4).build();
    OrdinalException cause = status(Status.Code.OUT_OF_RANGE, detail).failure("a:1").cause();
    assertThat(cause.kind()).isEqualTo(OrdinalException.Kind.OUT_OF_RANGE);
    assertThat(cause.retained()).contains(new RetainedRange(OrderId.of(5), OrderId.of(9)));
  }

  @Test
  void otherCallsGoWhereTheyCanBeServed() {
    assertThat(remedy(Status.Code.UNAVAILABLE, NotLeader.getDefaultInstance()))
        .isEqualTo(Failure.Remedy.ASK_THE_LEADER);
    assertThat(remedy(Status.Code.UNAVAILABLE, Lag.getDefaultInstance()))
        .isEqualTo(Failure.Remedy.ASK_WHO_IS_AHEAD);
    assertThat(remedy(Status.Code.UNAVAILABLE)).isEqualTo(Failure.Remedy.ASK_ANOTHER);
    assertThat(remedy(Status.Code.DATA_LOSS)).isEqualTo(Failure.Remedy.ASK_ANOTHER);
    assertThat(remedy(Status.Code.RESOURCE_EXHAUSTED)).isEqualTo(Failure.Remedy.WAIT);
    assertThat(remedy(Status.Code.OUT_OF_RANGE)).isEqualTo(Failure.Remedy.NONE);
    assertThat(remedy(Status.Code.INVALID_ARGUMENT)).isEqualTo(Failure.Remedy.NONE);
  }

  @Test
  void aPortThatServesNoClientsIsCalledThat() {
    assertThat(status(Status.Code.UNIMPLEMENTED).failure("a:1").cause())
        .hasMessageContaining("a:1 does not serve clients")
        .hasMessageContaining("port for peers");
  }

  private static Failure.Remedy remedy(Status.Code code, Message... details) {
    return status(code, details).failure("a:1").remedy();
  }
}
