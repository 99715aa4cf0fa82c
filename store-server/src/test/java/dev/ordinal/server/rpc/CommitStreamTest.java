package dev.ordinal.server.rpc;

import static dev.ordinal.server.testing.Requests.bytes;
import static dev.ordinal.server.testing.Requests.put;
import static dev.ordinal.server.testing.Requests.transaction;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ordinal.proto.store.v1.CommitFrame;
import dev.ordinal.proto.store.v1.CommitReplyFrame;
import dev.ordinal.proto.store.v1.Linearizable;
import dev.ordinal.proto.store.v1.NotAccepted;
import dev.ordinal.proto.store.v1.Range;
import dev.ordinal.proto.store.v1.ReadReply;
import dev.ordinal.proto.store.v1.ReadRequest;
import dev.ordinal.proto.store.v1.StoreGrpc;
import dev.ordinal.proto.store.v1.TaggedOutcome;
import dev.ordinal.proto.store.v1.TaggedTransaction;
import dev.ordinal.server.testing.TestCluster;
import io.grpc.stub.StreamObserver;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Transactions on a stream. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CommitStreamTest {
  private TestCluster cluster;

  @BeforeAll
  void start(@TempDir Path folder) {
    cluster = TestCluster.start(folder, 3);
  }

  @AfterAll
  void stop() {
    cluster.close();
  }

  @Test
  void eachTransactionOfEachFrameIsAnsweredOnceAndItsCreditComesBack() {
    Answers answers = new Answers();
    StreamObserver<CommitFrame> stream = stream(cluster.awaitLeader(), answers);
    await().until(() -> answers.credit.get() > 0);
    int granted = answers.credit.get();
    for (int frame = 0; frame < 10; frame++) {
      stream.onNext(frame(frame * 50, 50));
    }
    await().until(() -> answers.byTag.size() == 500);
    assertThat(answers.byTag.values())
        .allMatch(outcome -> outcome.getOutcome().hasCommitted())
        .extracting(outcome -> outcome.getOutcome().getCommitted().getOrder())
        .doesNotHaveDuplicates();
    assertThat(answers.credit.get()).isEqualTo(granted + 500);
    stream.onCompleted();
    await().until(() -> answers.completed);
  }

  @Test
  void aFollowerAcceptsNothingAndNamesTheLeader() {
    Answers answers = new Answers();
    StreamObserver<CommitFrame> stream = stream(cluster.aFollower(), answers);
    stream.onNext(frame(0, 3));
    await().until(() -> answers.byTag.size() == 3);
    assertThat(answers.byTag.values())
        .allMatch(outcome ->
            outcome.getNotAccepted().getReason() == NotAccepted.Reason.NOT_LEADER
                && outcome.getNotAccepted().getLeader().getNode() == cluster.awaitLeader());
    stream.onCompleted();
  }

  @Test
  void oneBrokenTransactionDoesNotHarmItsNeighbours() {
    Answers answers = new Answers();
    StreamObserver<CommitFrame> stream = stream(cluster.awaitLeader(), answers);
    stream.onNext(
        CommitFrame.newBuilder()
            .addTransactions(TaggedTransaction.newBuilder().setTag(1))
            .addTransactions(tagged(2, "k".repeat(5_000)))
            .addTransactions(tagged(3, "fine"))
            .build());
    await().until(() -> answers.byTag.size() == 3);
    assertThat(answers.of(1).getNotAccepted().getReason()).isEqualTo(NotAccepted.Reason.INVALID);
    assertThat(answers.of(2).getNotAccepted().getMessage())
        .isEqualTo("key bytes: at most 4096 are allowed, was 5000");
    assertThat(answers.of(3).getOutcome().hasCommitted()).isTrue();
    stream.onCompleted();
  }

  @Test
  void aLeaderThatStopsUnderLoadStopsCleanlyAndLosesNothingItAcknowledged(@TempDir Path folder) {
    try (TestCluster trio = TestCluster.start(folder, 3)) {
      int leader = trio.awaitLeader();
      Answers answers = new Answers();
      StreamObserver<CommitFrame> stream =
          StoreGrpc.newStub(trio.channel(leader)).commitStream(answers);
      for (int frame = 0; frame < 20; frame++) {
        stream.onNext(frame(frame * 100, 100));
      }
      await().until(() -> answers.byTag.size() > 50);
      trio.stop(leader);
      trio.start(leader);

      StoreGrpc.StoreBlockingStub next = trio.stub(trio.awaitLeader());
      long acknowledged =
          answers.byTag.values().stream()
              .mapToLong(outcome -> outcome.getOutcome().getCommitted().getOrder())
              .max()
              .orElseThrow();
      ReadRequest all =
          ReadRequest.newBuilder()
              .setRange(Range.newBuilder().setStart(bytes("stream/")).setEnd(bytes("stream0")))
              .setLinearizable(Linearizable.getDefaultInstance())
              .build();
      Set<String> kept = new TreeSet<>();
      ReadReply reply = next.read(all);
      reply.getRowsList().forEach(row -> kept.add(row.getKey().toStringUtf8()));
      assertThat(reply.getOrder()).isGreaterThanOrEqualTo(acknowledged);
      assertThat(kept).containsAll(answers.committedKeys());
      trio.requireHealthy();
    }
  }

  private StreamObserver<CommitFrame> stream(int node, Answers answers) {
    return StoreGrpc.newStub(cluster.channel(node)).commitStream(answers);
  }

  private static CommitFrame frame(int firstTag, int count) {
    CommitFrame.Builder frame = CommitFrame.newBuilder();
    for (int tag = firstTag; tag < firstTag + count; tag++) {
      frame.addTransactions(tagged(tag, "stream/" + tag));
    }
    return frame.build();
  }

  private static TaggedTransaction tagged(long tag, String key) {
    return TaggedTransaction.newBuilder()
        .setTag(tag)
        .setTransaction(transaction(put(key, "value")))
        .build();
  }

  /** What came back. */
  private static final class Answers implements StreamObserver<CommitReplyFrame> {
    private final Map<Long, TaggedOutcome> byTag = new ConcurrentHashMap<>();
    private final AtomicInteger credit = new AtomicInteger();
    private volatile boolean completed;
    private volatile @Nullable Throwable error;

    List<String> committedKeys() {
      return byTag.values().stream()
          .filter(outcome -> outcome.getOutcome().hasCommitted())
          .map(outcome -> "stream/" + outcome.getTag())
          .toList();
    }

    TaggedOutcome of(long tag) {
      return byTag.getOrDefault(tag, TaggedOutcome.getDefaultInstance());
    }

    @Override
    public void onNext(CommitReplyFrame frame) {
      for (TaggedOutcome outcome : frame.getOutcomesList()) {
        assertThat(byTag.put(outcome.getTag(), outcome)).isNull();
      }
      credit.addAndGet(frame.getCredit());
    }

    @Override
    public void onError(Throwable cause) {
      error = cause;
    }

    @Override
    public void onCompleted() {
      assertThat(error).isNull();
      completed = true;
    }
  }
}
