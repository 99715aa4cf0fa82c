package dev.ordinal.client;

import dev.ordinal.proto.store.v1.Record;
import dev.ordinal.proto.store.v1.SubscribeReply;
import dev.ordinal.proto.store.v1.SubscribeRequest;
import java.util.List;
import java.util.function.Consumer;

/** A subscription to records, without a state: resumes after the last order ID it delivered. */
final class RecordTail implements Subscription, Feed.Follower {
  private final List<Key> prefixes;
  private final Handler handler;
  private final Feed feed;
  private final Runnable onClose;
  private HistoryId history = HistoryId.ANY;
  private OrderId after;

  RecordTail(
      ClientLoop loop,
      Replicas replicas,
      OrderId after,
      List<Key> prefixes,
      Handler handler,
      Consumer<Subscription> onClose) {
    this.after = after;
    this.prefixes = List.copyOf(prefixes);
    this.handler = handler;
    this.feed = new Feed(loop, replicas, "ordinal-subscription", this);
    this.onClose = () -> onClose.accept(this);
  }

  void start() {
    feed.start();
  }

  @Override
  public SubscribeRequest next() {
    return SubscribeRequest.newBuilder()
        .setAfterOrder(after.value())
        .setHistory(history.value())
        .addAllPrefixes(RowCodec.bytes(prefixes))
        .build();
  }

  @Override
  public void accept(SubscribeReply reply) throws MisfitException {
    HistoryId here = reply.hasHistory() ? new HistoryId(reply.getHistory()) : history;
    if (!history.equals(HistoryId.ANY) && !history.equals(here)) {
      throw new MisfitException("the history is %s and was %s".formatted(here, history));
    }
    history = here;
    switch (reply.getKindCase()) {
      case RECORDS -> deliver(reply.getRecords().getRecordsList());
      case PROGRESS -> progress(OrderId.of(reply.getProgress().getOrder()));
      case SNAPSHOT_REQUIRED -> throw MisfitException.trimmed(after, reply.getSnapshotRequired());
      case STATE, KIND_NOT_SET ->
          throw new MisfitException(
              "a message came that was not asked for: " + reply.getKindCase());
    }
  }

  private void deliver(List<Record> records) throws MisfitException {
    for (Record record : records) {
      OrderId order = OrderId.of(record.getOrder());
      if (order.compareTo(after) <= 0) {
        throw new MisfitException("record %s came after order ID %s".formatted(order, after));
      }
      after = order;
      handler.accept(RowCodec.record(record));
    }
  }

  private void progress(OrderId order) throws MisfitException {
    if (order.isBefore(after)) {
      throw new MisfitException(
          "a progress mark at %s came after order ID %s".formatted(order, after));
    }
    after = order;
    handler.onProgress(order);
  }

  /** Nothing can be read anew here: what is missing would stay missing. */
  @Override
  public boolean onMisfit(OrdinalException cause) {
    handler.onEnd(cause);
    return false;
  }

  @Override
  public void close() {
    feed.close();
    onClose.run();
  }
}
