package dev.ordinal.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import dev.ordinal.proto.store.v1.Deleted;
import dev.ordinal.proto.store.v1.Effect;
import dev.ordinal.proto.store.v1.Progress;
import dev.ordinal.proto.store.v1.Record;
import dev.ordinal.proto.store.v1.Records;
import dev.ordinal.proto.store.v1.SnapshotRequired;
import dev.ordinal.proto.store.v1.StateRows;
import dev.ordinal.proto.store.v1.SubscribeReply;
import dev.ordinal.proto.store.v1.SubscribeRequest;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A mirror is always exactly the state at its order ID. */
class MirrorTest {
  private final ScriptedStore store = new ScriptedStore(new ModelJournal());
  private final OrdinalClient client = OrdinalClient.connect(List.of(store.address()));
  private final Mirror mirror = client.mirror(List.of(Key.of("node/")));
  private final List<MirrorEvent> events = new CopyOnWriteArrayList<>();

  @BeforeEach
  void load() {
    mirror.listen(events::add);
    subscribed(1);
    store.publish(state(10, true, row("node/a", "1", 4), row("node/b", "2", 7)));
    mirror.awaitLoaded().join();
  }

  @AfterEach
  void close() {
    client.close();
    store.close();
  }

  /** Waits for the mirror's {@code count}th request. */
  private SubscribeRequest subscribed(int count) {
    await().until(() -> store.subscriptions().size() >= count);
    return store.subscriptions().get(count - 1);
  }

  private static SubscribeReply.Builder reply() {
    return SubscribeReply.newBuilder().setHistory(ModelJournal.HISTORY);
  }

  private static SubscribeReply state(
      long order, boolean last, dev.ordinal.proto.store.v1.Row... rows) {
    return reply()
        .setState(StateRows.newBuilder().setOrder(order).setLast(last).addAllRows(List.of(rows)))
        .build();
  }

  private static dev.ordinal.proto.store.v1.Row row(String key, String value, long modifiedAt) {
    return dev.ordinal.proto.store.v1.Row.newBuilder()
        .setKey(ByteString.copyFromUtf8(key))
        .setValue(ByteString.copyFromUtf8(value))
        .setModifiedAt(modifiedAt)
        .build();
  }

  private static SubscribeReply record(long order, Effect... effects) {
    Record record = Record.newBuilder().setOrder(order).addAllEffects(List.of(effects)).build();
    return reply().setRecords(Records.newBuilder().addRecords(record)).build();
  }

  private static Effect put(String key, String value, long prior) {
    return Effect.newBuilder()
        .setKey(ByteString.copyFromUtf8(key))
        .setValue(ByteString.copyFromUtf8(value))
        .setPriorOrder(prior)
        .build();
  }

  private static Effect deleted(String key, long prior) {
    return Effect.newBuilder()
        .setKey(ByteString.copyFromUtf8(key))
        .setDeleted(Deleted.getDefaultInstance())
        .setPriorOrder(prior)
        .build();
  }

  private static SubscribeReply progress(long order) {
    return reply().setProgress(Progress.newBuilder().setOrder(order)).build();
  }

  private static List<String> contents(ReadView view) {
    return view.scan(KeyRange.all())
        .map(row -> row.key().text() + "=" + row.value().text())
        .toList();
  }

  @Test
  void itAsksForItsPrefixesAndStartsWithTheWholeState() {
    assertThat(store.subscriptions().get(0).getInitialState()).isTrue();
    assertThat(store.subscriptions().get(0).getPrefixes(0).toStringUtf8()).isEqualTo("node/");
    assertThat(mirror.view().order()).isEqualTo(OrderId.of(10));
    assertThat(contents(mirror.view())).containsExactly("node/a=1", "node/b=2");
  }

  @Test
  void eachRecordMovesItToItsOrderAndEarlierViewsStay() {
    Mirror.View before = mirror.view();
    store.publish(record(12, put("node/a", "9", 4), deleted("node/b", 7)));
    store.publish(record(13, put("node/c", "3", 0)));
    Mirror.View after = mirror.awaitOrder(OrderId.of(13)).join();
    assertThat(contents(after)).containsExactly("node/a=9", "node/c=3");
    assertThat(after.get(Key.of("node/a")).orElseThrow().modifiedAt()).isEqualTo(OrderId.of(12));
    assertThat(contents(before)).containsExactly("node/a=1", "node/b=2");
  }

  @Test
  void listenersSeeTheLoadAndThenEachRecordInOrder() {
    store.publish(record(12, put("node/a", "9", 4)));
    store.publish(record(15, deleted("node/a", 12)));
    mirror.awaitOrder(OrderId.of(15)).join();
    assertThat(events)
        .extracting(event -> event.view().order().value())
        .containsExactly(10L, 12L, 15L);
    assertThat(events.get(0)).isInstanceOf(MirrorEvent.Loaded.class);
    assertThat(((MirrorEvent.Changed) events.get(2)).changes())
        .containsExactly(new Change(Key.of("node/a"), null, OrderId.of(12)));
  }

  @Test
  void aProgressMarkMovesTheOrderAlone() {
    store.publish(progress(40));
    assertThat(mirror.awaitOrder(OrderId.of(40)).join().order()).isEqualTo(OrderId.of(40));
    assertThat(contents(mirror.view())).containsExactly("node/a=1", "node/b=2");
  }

  @Test
  void aLostStreamIsResumedExactlyAfterTheLastOrder() {
    store.publish(record(12, put("node/a", "9", 4)));
    mirror.awaitOrder(OrderId.of(12)).join();
    store.dropSubscribers();
    SubscribeRequest resumed = subscribed(2);
    assertThat(resumed.getAfterOrder()).isEqualTo(12);
    assertThat(resumed.getInitialState()).isFalse();
    assertThat(resumed.getHistory()).isEqualTo(ModelJournal.HISTORY);
    store.publish(record(13, put("node/a", "10", 12)));
    assertThat(contents(mirror.awaitOrder(OrderId.of(13)).join()))
        .containsExactly("node/a=10", "node/b=2");
  }

  @Test
  void aChangeWhosePredecessorIsMissingMakesItReadAnew() {
    store.publish(record(14, put("node/a", "9", 12)));
    assertThat(subscribed(2).getInitialState()).isTrue();
    assertThat(mirror.view().order()).isEqualTo(OrderId.of(10));
    store.publish(state(14, true, row("node/a", "9", 14)));
    assertThat(contents(mirror.awaitOrder(OrderId.of(14)).join())).containsExactly("node/a=9");
  }

  @Test
  void aChangeOfARowThatWasNeverSeenMakesItReadAnew() {
    store.publish(record(14, put("node/new", "2", 12)));
    assertThat(subscribed(2).getInitialState()).isTrue();
  }

  @Test
  void anOrderThatGoesBackMakesItReadAnew() {
    store.publish(record(12, put("node/a", "9", 4)));
    store.publish(record(11, put("node/b", "9", 7)));
    assertThat(subscribed(2).getInitialState()).isTrue();
    assertThat(mirror.view().order()).isEqualTo(OrderId.of(12));
  }

  @Test
  void rowsOlderThanWhatWasSeenAreNotTaken() {
    store.publish(progress(50));
    mirror.awaitOrder(OrderId.of(50)).join();
    store.publish(reply().setSnapshotRequired(SnapshotRequired.newBuilder().setFloor(49)).build());
    subscribed(2);
    store.publish(state(45, true, row("node/a", "old", 4)));
    subscribed(3);
    store.publish(state(51, true, row("node/a", "new", 51)));
    assertThat(contents(mirror.awaitOrder(OrderId.of(51)).join())).containsExactly("node/a=new");
    assertThat(events).extracting(event -> event.view().order().value()).containsExactly(10L, 51L);
  }

  @Test
  void aStateInPartsIsPublishedWhenItIsComplete() {
    store.publish(reply().setSnapshotRequired(SnapshotRequired.getDefaultInstance()).build());
    subscribed(2);
    store.publish(state(60, false, row("node/x", "1", 55)));
    assertThat(mirror.view().order()).isEqualTo(OrderId.of(10));
    store.publish(state(60, true, row("node/y", "2", 56)));
    assertThat(contents(mirror.awaitOrder(OrderId.of(60)).join()))
        .containsExactly("node/x=1", "node/y=2");
  }

  @Test
  void aListenerThatThrowsIsCalledAgain() {
    List<OrderId> seen = new CopyOnWriteArrayList<>();
    mirror.listen(event -> {
      seen.add(event.view().order());
      if (event.view().order().equals(OrderId.of(12))) {
        throw new IllegalStateException("a listener's own mistake, logged on purpose");
      }
    });
    store.publish(record(12, put("node/a", "9", 4)));
    store.publish(record(13, put("node/a", "8", 12)));
    mirror.awaitOrder(OrderId.of(13)).join();
    assertThat(seen).containsExactly(OrderId.of(10), OrderId.of(12), OrderId.of(13));
  }

  @Test
  void closingEndsWhatWaits() {
    var waiting = mirror.awaitOrder(OrderId.of(1_000));
    mirror.close();
    assertThat(waiting)
        .failsWithin(java.time.Duration.ofSeconds(10))
        .withThrowableThat()
        .withMessageContaining("closed");
    assertThat(contents(mirror.view())).containsExactly("node/a=1", "node/b=2");
  }
}
