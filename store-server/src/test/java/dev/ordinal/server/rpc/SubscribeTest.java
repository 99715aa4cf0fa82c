package dev.ordinal.server.rpc;

import static dev.ordinal.server.testing.Requests.bytes;
import static dev.ordinal.server.testing.Requests.commit;
import static dev.ordinal.server.testing.Requests.put;
import static dev.ordinal.server.testing.Requests.transaction;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ordinal.proto.store.v1.Record;
import dev.ordinal.proto.store.v1.StoreGrpc;
import dev.ordinal.proto.store.v1.SubscribeReply;
import dev.ordinal.proto.store.v1.SubscribeRequest;
import dev.ordinal.server.testing.TestCluster;
import io.grpc.Context;
import io.grpc.stub.StreamObserver;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Following the journal, on any replica. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SubscribeTest {
  private final Context.CancellableContext calls = Context.current().withCancellation();
  private TestCluster cluster;

  @BeforeAll
  void start(@TempDir Path folder) {
    cluster = TestCluster.start(folder, 3);
  }

  @AfterEach
  void cancelNothing() {
    cluster.requireHealthy();
  }

  @AfterAll
  void stop() {
    calls.cancel(null);
    cluster.close();
  }

  @Test
  void theStateComesFirstAndThenEveryRecordAfterIt() {
    committed("list/a", "1");
    committed("list/b", "2");
    Told told =
        subscribe(
            cluster.aFollower(),
            SubscribeRequest.newBuilder().addPrefixes(bytes("list/")).setInitialState(true));
    await().until(() -> told.stateComplete());
    assertThat(told.rows()).containsExactly("list/a", "list/b");

    long next = committed("list/c", "3");
    await().until(() -> told.records().stream().anyMatch(each -> each.getOrder() == next));
    assertThat(told.records().getFirst().getOrder()).isGreaterThan(told.stateOrder());
  }

  @Test
  void aSubscriberResumesWithoutAGapOnAnotherReplica() {
    long first = committed("gap/0", "value");
    for (int i = 1; i <= 40; i++) {
      committed("gap/" + i, "value");
    }
    Told before =
        subscribe(cluster.awaitLeader(), SubscribeRequest.newBuilder().setAfterOrder(first));
    await().until(() -> before.records().size() >= 10);
    long last = before.records().get(9).getOrder();
    assertThat(last).isEqualTo(first + 10);

    Told after = subscribe(cluster.aFollower(), SubscribeRequest.newBuilder().setAfterOrder(last));
    await().until(() -> after.records().size() >= 30);
    assertThat(after.records().subList(0, 30))
        .extracting(Record::getOrder)
        .containsExactlyElementsOf(LongStream.rangeClosed(last + 1, last + 30).boxed().toList());
  }

  @Test
  void whatDoesNotConcernASubscriberIsOnlyProgress() {
    long start = committed("mine/0", "value");
    Told told =
        subscribe(
            cluster.awaitLeader(),
            SubscribeRequest.newBuilder()
                .setAfterOrder(start)
                .setKeysOnly(true)
                .addPrefixes(bytes("mine/")));
    long others = committed("other", "value");
    await().until(() -> told.progress() >= others);
    assertThat(told.records()).isEmpty();

    committed("mine/1", "value");
    await().until(() -> told.records().size() == 1);
    assertThat(told.records().getFirst().getEffects(0).getKey()).isEqualTo(bytes("mine/1"));
    assertThat(told.records().getFirst().getEffects(0).hasValue()).isFalse();
  }

  private long committed(String key, String value) {
    return cluster
        .stub(cluster.awaitLeader())
        .commit(commit(transaction(put(key, value))))
        .getCommitted()
        .getOrder();
  }

  private Told subscribe(int node, SubscribeRequest.Builder request) {
    Told told = new Told();
    calls.run(() -> StoreGrpc.newStub(cluster.channel(node)).subscribe(request.build(), told));
    return told;
  }

  /** What a subscriber was told so far. */
  private static final class Told implements StreamObserver<SubscribeReply> {
    private final List<SubscribeReply> replies = new CopyOnWriteArrayList<>();

    List<Record> records() {
      return replies.stream().flatMap(r -> r.getRecords().getRecordsList().stream()).toList();
    }

    List<String> rows() {
      return replies.stream()
          .flatMap(reply -> reply.getState().getRowsList().stream())
          .map(row -> row.getKey().toStringUtf8())
          .toList();
    }

    boolean stateComplete() {
      return replies.stream().anyMatch(reply -> reply.getState().getLast());
    }

    long stateOrder() {
      return replies.getFirst().getState().getOrder();
    }

    long progress() {
      return replies.stream().mapToLong(reply -> reply.getProgress().getOrder()).max().orElse(0);
    }

    @Override
    public void onNext(SubscribeReply reply) {
      replies.add(reply);
    }

    @Override
    public void onError(Throwable cause) {}

    @Override
    public void onCompleted() {}
  }
}
