package dev.ordinal.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ordinal.proto.store.v1.Progress;
import dev.ordinal.proto.store.v1.Record;
import dev.ordinal.proto.store.v1.Records;
import dev.ordinal.proto.store.v1.SnapshotRequired;
import dev.ordinal.proto.store.v1.SubscribeReply;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Records from an order ID on, across interruptions. */
class SubscribeTest {
  private final ScriptedStore store = new ScriptedStore(new ModelJournal());
  private final OrdinalClient client = OrdinalClient.connect(List.of(store.address()));
  private final Collector collector = new Collector();

  @BeforeEach
  void subscribe() {
    client.subscribe(OrderId.of(5), List.of(), collector);
    await().until(() -> store.subscriptions().size() == 1);
  }

  @AfterEach
  void close() {
    client.close();
    store.close();
  }

  /** Keeps what is delivered. */
  private static final class Collector implements Subscription.Handler {
    private final List<Long> orders = new CopyOnWriteArrayList<>();
    private final CompletableFuture<OrdinalException> end = new CompletableFuture<>();

    @Override
    public void accept(JournalRecord record) {
      orders.add(record.order().value());
    }

    @Override
    public void onEnd(OrdinalException cause) {
      end.complete(cause);
    }
  }

  @Test
  void aReplicaThatOnlyAcceptsConnectionsIsLeftForAnother() throws IOException {
    ClientLoop loop = new ClientLoop();
    try (ServerSocket mute = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      List<String> addresses = List.of("127.0.0.1:" + mute.getLocalPort(), store.address());
      Replicas replicas = new Replicas(loop, addresses, 0);
      RecordTail tail =
          new RecordTail(loop, replicas, OrderId.of(5), List.of(), collector, ended -> {});
      tail.start();
      await().until(() -> store.subscriptions().size() == 2);
      tail.close();
      loop.run(replicas::close);
    } finally {
      loop.close();
    }
  }

  private void publish(long... orders) {
    Records.Builder records = Records.newBuilder();
    for (long order : orders) {
      records.addRecords(Record.newBuilder().setOrder(order));
    }
    store.publish(SubscribeReply.newBuilder().setHistory(7).setRecords(records).build());
  }

  @Test
  void itResumesAfterTheLastRecordOrProgressMark() {
    assertThat(store.subscriptions().get(0).getAfterOrder()).isEqualTo(5);
    publish(6, 7);
    store.publish(
        SubscribeReply.newBuilder()
            .setHistory(7)
            .setProgress(Progress.newBuilder().setOrder(9))
            .build());
    await().until(() -> collector.orders.size() == 2);
    store.dropSubscribers();
    await().until(() -> store.subscriptions().size() == 2);
    assertThat(store.subscriptions().get(1).getAfterOrder()).isEqualTo(9);
    publish(10);
    await().until(() -> collector.orders.size() == 3);
    assertThat(collector.orders).containsExactly(6L, 7L, 10L);
  }

  @Test
  void recordsThatAreGoneEndItWithTheReason() {
    store.publish(
        SubscribeReply.newBuilder()
            .setSnapshotRequired(SnapshotRequired.newBuilder().setFloor(50).setCurrentOrder(99))
            .build());
    OrdinalException cause = collector.end.join();
    assertThat(cause.kind()).isEqualTo(OrdinalException.Kind.OUT_OF_RANGE);
    assertThat(cause)
        .hasMessage(
            "the records after order ID 5 are no longer retained: those after 50 to 99 are");
    assertThat(cause.retained()).contains(new RetainedRange(OrderId.of(50), OrderId.of(99)));
  }
}
