package dev.ordinal.server.rpc;

import static dev.ordinal.server.testing.Requests.commit;
import static dev.ordinal.server.testing.Requests.detail;
import static dev.ordinal.server.testing.Requests.put;
import static dev.ordinal.server.testing.Requests.reason;
import static dev.ordinal.server.testing.Requests.transaction;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.google.common.util.concurrent.ListenableFuture;
import com.google.protobuf.Message;
import com.google.rpc.RetryInfo;
import dev.ordinal.consensus.core.Bounds;
import dev.ordinal.proto.store.v1.CommitFrame;
import dev.ordinal.proto.store.v1.CommitReplyFrame;
import dev.ordinal.proto.store.v1.NotAccepted;
import dev.ordinal.proto.store.v1.Overloaded;
import dev.ordinal.proto.store.v1.Range;
import dev.ordinal.proto.store.v1.ReadRequest;
import dev.ordinal.proto.store.v1.StoreGrpc;
import dev.ordinal.proto.store.v1.SubscribeRequest;
import dev.ordinal.proto.store.v1.TaggedOutcome;
import dev.ordinal.proto.store.v1.TaggedTransaction;
import dev.ordinal.server.config.ServerConfig;
import dev.ordinal.server.testing.TestCluster;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A leader that has room for little, and gets hundreds at a time. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OverloadTest {
  private static final int QUEUE_MAX = 2;
  private static final int BURST = 500;

  private TestCluster cluster;

  @BeforeAll
  void start(@TempDir Path folder) {
    cluster = TestCluster.start(folder, 1, OverloadTest::narrow);
  }

  @AfterAll
  void stop() {
    cluster.close();
  }

  private static ServerConfig narrow(ServerConfig config) {
    ServerConfig.Driving usual = config.driving();
    ServerConfig.Driving narrow =
        new ServerConfig.Driving(
            usual.tick(), usual.timing(), new Bounds(QUEUE_MAX, 1 << 20), usual.threading());
    ServerConfig.Door door = new ServerConfig.Door(config.door().streamCredit(), 1, 1, 1);
    return new ServerConfig(config.node(), config.place(), narrow, config.profile(), door);
  }

  @Test
  void whatFindsNoRoomIsRefusedAndTheRestCommits() {
    Outcomes outcomes = new Outcomes();
    StreamObserver<CommitFrame> stream =
        StoreGrpc.newStub(cluster.channel(1)).commitStream(outcomes);
    stream.onNext(burst());
    await().until(() -> outcomes.all.size() == BURST);
    stream.onCompleted();

    assertThat(outcomes.all).extracting(TaggedOutcome::getTag).doesNotHaveDuplicates();
    assertThat(outcomes.all).anyMatch(each -> each.getOutcome().hasCommitted());
    List<NotAccepted> refused =
        outcomes.all.stream()
            .filter(TaggedOutcome::hasNotAccepted)
            .map(TaggedOutcome::getNotAccepted)
            .toList();
    assertThat(refused)
        .isNotEmpty()
        .allSatisfy(each -> {
          assertThat(each.getReason()).isEqualTo(NotAccepted.Reason.OVERLOADED);
          assertThat(each.getRetryAfterMillis()).isEqualTo(Errors.RETRY_AFTER_MILLIS);
        });
  }

  @Test
  void aCallThatFindsNoRoomIsToldHowFullItIsAndWhenToComeBack() {
    StoreGrpc.StoreFutureStub stub = StoreGrpc.newFutureStub(cluster.channel(1));
    List<StatusRuntimeException> refused =
        refusalsOf(i -> stub.commit(commit(transaction(put("unary/" + i, "value")))));
    assertThat(refused)
        .isNotEmpty()
        .hasSizeLessThan(BURST)
        .allSatisfy(error -> isOverloaded(error, QUEUE_MAX));
  }

  @Test
  void aLongReadThatFindsNoRoomIsRefusedTheSameWay() {
    StoreGrpc.StoreFutureStub stub = StoreGrpc.newFutureStub(cluster.channel(1));
    ReadRequest everything = ReadRequest.newBuilder().setRange(Range.getDefaultInstance()).build();
    List<StatusRuntimeException> refused = refusalsOf(i -> stub.read(everything));
    assertThat(refused)
        .isNotEmpty()
        .hasSizeLessThan(BURST)
        .allSatisfy(error -> isOverloaded(error, 1));
  }

  @Test
  void oneSubscriberTooManyIsRefused() {
    StoreGrpc.StoreBlockingStub stub = cluster.stub(1);
    SubscribeRequest all = SubscribeRequest.newBuilder().setInitialState(true).build();
    assertThat(stub.subscribe(all).next().hasState()).isTrue();
    isOverloaded(
        catchThrowableOfType(StatusRuntimeException.class, () -> stub.subscribe(all).next()), 1);
  }

  private static void isOverloaded(StatusRuntimeException error, long queuedMax) {
    assertThat(error.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    assertThat(reason(error)).isEqualTo("OVERLOADED");
    assertThat(detail(error, Overloaded.class).getQueuedMax()).isEqualTo(queuedMax);
    assertThat(detail(error, RetryInfo.class).getRetryDelay())
        .isNotEqualTo(RetryInfo.getDefaultInstance().getRetryDelay());
  }

  /** Of a burst of calls. */
  private static List<StatusRuntimeException> refusalsOf(
      IntFunction<ListenableFuture<? extends Message>> call) {
    List<StatusRuntimeException> refused = new ArrayList<>();
    for (ListenableFuture<? extends Message> each :
        IntStream.range(0, BURST).mapToObj(call).toList()) {
      ExecutionException failure =
          catchThrowableOfType(ExecutionException.class, () -> each.get(1, TimeUnit.MINUTES));
      if (failure != null) {
        refused.add((StatusRuntimeException) failure.getCause());
      }
    }
    return refused;
  }

  private static CommitFrame burst() {
    CommitFrame.Builder frame = CommitFrame.newBuilder();
    for (int tag = 0; tag < BURST; tag++) {
      frame.addTransactions(
          TaggedTransaction.newBuilder()
              .setTag(tag)
              .setTransaction(transaction(put("burst/" + tag, "value"))));
    }
    return frame.build();
  }

  /** What came back. */
  private static final class Outcomes implements StreamObserver<CommitReplyFrame> {
    private final Queue<TaggedOutcome> all = new ConcurrentLinkedQueue<>();

    @Override
    public void onNext(CommitReplyFrame frame) {
      all.addAll(frame.getOutcomesList());
    }

    @Override
    public void onError(Throwable cause) {}

    @Override
    public void onCompleted() {}
  }
}
