package dev.ordinal.server.rpc;

import dev.ordinal.journal.codec.RecordCodec;
import dev.ordinal.journal.feed.FeedEvent;
import dev.ordinal.journal.feed.Subscription;
import dev.ordinal.journal.record.JournalRecord;
import dev.ordinal.journal.record.Row;
import dev.ordinal.proto.store.v1.Effect;
import dev.ordinal.proto.store.v1.Progress;
import dev.ordinal.proto.store.v1.Record;
import dev.ordinal.proto.store.v1.Records;
import dev.ordinal.proto.store.v1.SnapshotRequired;
import dev.ordinal.proto.store.v1.StateRows;
import dev.ordinal.proto.store.v1.SubscribeReply;
import dev.ordinal.proto.store.v1.SubscribeRequest;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.concurrent.TimeUnit;

/**
 * One subscriber: takes the next event of its place in the journal whenever it reads, and tells it.
 * Nothing is queued for it; one that does not read only falls behind. Used by the feed's thread.
 */
final class Subscriber implements AutoCloseable {
  /** Where little of what commits concerns a subscriber, it hears of the rest so often. */
  private static final long PROGRESS_MILLIS = 20;

  private static final int GATHER_MILLIS_MAX = 1_000;

  private final Subscription subscription;
  private final boolean keysOnly;
  private final long gatherNanos;
  private final long history;
  private final ServerCallStreamObserver<SubscribeReply> reply;
  private boolean ended;
  private long notBeforeNanos = System.nanoTime();

  Subscriber(
      Subscription subscription,
      SubscribeRequest request,
      long history,
      ServerCallStreamObserver<SubscribeReply> reply) {
    this.subscription = subscription;
    this.keysOnly = request.getKeysOnly();
    this.gatherNanos =
        TimeUnit.MILLISECONDS.toNanos(
            Math.min(Integer.toUnsignedLong(request.getBatchMillis()), GATHER_MILLIS_MAX));
    this.history = history;
    this.reply = reply;
  }

  /** It left, or was told the last there is to tell. */
  boolean isGone() {
    return ended || reply.isCancelled();
  }

  /** Answers how long nothing is to be done for it unless it is woken; 0: call again at once. */
  long pump(long nowNanos) {
    if (!reply.isReady()) {
      return Long.MAX_VALUE;
    }
    if (nowNanos - notBeforeNanos < 0) {
      return notBeforeNanos - nowNanos;
    }
    FeedEvent event = subscription.next();
    if (event == null) {
      return Long.MAX_VALUE;
    }
    tell(event, nowNanos);
    return 0;
  }

  private void tell(FeedEvent event, long nowNanos) {
    SubscribeReply.Builder message = SubscribeReply.newBuilder().setHistory(history);
    switch (event) {
      case FeedEvent.State state -> message.setState(rows(state));
      case FeedEvent.Records records -> {
        message.setRecords(records(records));
        notBeforeNanos = nowNanos + gatherNanos;
      }
      case FeedEvent.Progress(long order) -> {
        message.setProgress(Progress.newBuilder().setOrder(order));
        notBeforeNanos = nowNanos + TimeUnit.MILLISECONDS.toNanos(PROGRESS_MILLIS);
      }
      case FeedEvent.SnapshotRequired(long floor, long lastOrder) -> {
        message.setSnapshotRequired(
            SnapshotRequired.newBuilder().setFloor(floor).setCurrentOrder(lastOrder));
        ended = true;
      }
    }
    reply.onNext(message.build());
    if (ended) {
      reply.onCompleted();
    }
  }

  private StateRows rows(FeedEvent.State state) {
    StateRows.Builder rows = StateRows.newBuilder().setOrder(state.order()).setLast(state.last());
    for (Row row : state.rows()) {
      rows.addRows(Pages.row(row.key(), row.version(), keysOnly));
    }
    return rows.build();
  }

  private Records records(FeedEvent.Records event) {
    Records.Builder records = Records.newBuilder();
    for (JournalRecord each : event.records()) {
      Record whole = RecordCodec.toMessage(each);
      records.addRecords(keysOnly ? withoutValues(whole) : whole);
    }
    return records.build();
  }

  /** That a key was deleted still shows. */
  private static Record withoutValues(Record whole) {
    Record.Builder bare = whole.toBuilder();
    for (Effect.Builder effect : bare.getEffectsBuilderList()) {
      if (!effect.hasDeleted()) {
        effect.clearState();
      }
    }
    return bare.build();
  }

  void fail(RuntimeException error) {
    reply.onError(error);
  }

  @Override
  public void close() {
    subscription.close();
  }
}
