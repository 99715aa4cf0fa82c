package dev.ordinal.server.rpc;

import dev.ordinal.journal.codec.RecordCodec;
import dev.ordinal.journal.record.JournalRecord;
import dev.ordinal.journal.record.Row;
import dev.ordinal.journal.store.PageLimit;
import dev.ordinal.journal.store.ScanPage;
import dev.ordinal.journal.store.StateStore;
import dev.ordinal.journal.transaction.Key;
import dev.ordinal.journal.transaction.KeyRange;
import dev.ordinal.proto.store.v1.Effect;
import dev.ordinal.proto.store.v1.Progress;
import dev.ordinal.proto.store.v1.Record;
import dev.ordinal.proto.store.v1.Records;
import dev.ordinal.proto.store.v1.StateRows;
import dev.ordinal.proto.store.v1.SubscribeReply;
import dev.ordinal.proto.store.v1.SubscribeRequest;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One subscription: a cursor in the journal, first through the rows of one order ID if asked for.
 * Nothing is queued for it; one that does not read only falls behind. Used by the feed's thread.
 *
 * <p>Invariant: everything through {@code sentThrough} that it wants to hear of was sent, and
 * {@code sentThrough ≤ cursor}: what lies between did not concern it.
 */
final class Subscriber {
  private static final int RECORDS_MAX = 512;
  private static final long PROGRESS_MILLIS = 20;

  private final StateStore store;
  private final Prefixes prefixes;
  private final boolean keysOnly;
  private final long gatherNanos;
  private final long history;
  private final ServerCallStreamObserver<SubscribeReply> reply;

  /** Which range of the initial state is next; past the last one, the state is complete. */
  private int range;

  private Key stateFrom;
  private long cursor;
  private long sentThrough;
  private long notBeforeNanos = System.nanoTime();

  Subscriber(
      StateStore store,
      SubscribeRequest request,
      Prefixes prefixes,
      long after,
      ServerCallStreamObserver<SubscribeReply> reply) {
    this.store = store;
    this.prefixes = prefixes;
    this.keysOnly = request.getKeysOnly();
    this.gatherNanos =
        TimeUnit.MILLISECONDS.toNanos(Math.clamp(request.getBatchMillis(), 0, 1_000));
    this.history = store.head().history();
    this.reply = reply;
    this.cursor = after;
    this.sentThrough = after;
    this.range = request.getInitialState() ? 0 : prefixes.ranges().size();
    this.stateFrom = prefixes.ranges().getFirst().start();
  }

  boolean isGone() {
    return reply.isCancelled();
  }

  /** How long there is nothing to do for it unless something commits; 0: call again at once. */
  long pump(long head, long nowNanos) {
    if (!reply.isReady()) {
      return Long.MAX_VALUE;
    }
    if (range < prefixes.ranges().size()) {
      sendState();
      return 0;
    }
    if (cursor < head) {
      return gather(nowNanos, gatherNanos, this::sendRecords);
    }
    return sentThrough < cursor
        ? gather(nowNanos, TimeUnit.MILLISECONDS.toNanos(PROGRESS_MILLIS), this::sendProgress)
        : Long.MAX_VALUE;
  }

  private long gather(long nowNanos, long intervalNanos, Runnable send) {
    if (nowNanos - notBeforeNanos < 0) {
      return notBeforeNanos - nowNanos;
    }
    send.run();
    notBeforeNanos = nowNanos + intervalNanos;
    return 0;
  }

  private void sendState() {
    KeyRange current = prefixes.ranges().get(range);
    ScanPage page =
        store.scan(
            new KeyRange(stateFrom, current.end()),
            cursor,
            new PageLimit(Query.ROWS_MAX, Pages.BYTES_MAX));
    Key resumeAt = page.resumeAt();
    if (resumeAt == null) {
      range++;
      if (range < prefixes.ranges().size()) {
        stateFrom = prefixes.ranges().get(range).start();
      }
    } else {
      stateFrom = resumeAt;
    }
    StateRows.Builder state =
        StateRows.newBuilder().setOrder(cursor).setLast(range == prefixes.ranges().size());
    for (Row row : page.rows()) {
      state.addRows(Pages.row(row.key(), row.version(), keysOnly));
    }
    send(SubscribeReply.newBuilder().setState(state));
  }

  private void sendRecords() {
    Records.Builder records = Records.newBuilder();
    long bytes = 0;
    List<JournalRecord> page = store.recordsAfter(cursor, RECORDS_MAX);
    for (JournalRecord each : page) {
      Record wanted = wanted(each);
      if (wanted.getEffectsCount() > 0) {
        records.addRecords(wanted);
        bytes += wanted.getSerializedSize();
      }
      cursor = each.order();
      if (bytes >= Pages.BYTES_MAX) {
        break;
      }
    }
    if (records.getRecordsCount() > 0) {
      sentThrough = records.getRecords(records.getRecordsCount() - 1).getOrder();
      send(SubscribeReply.newBuilder().setRecords(records));
    }
  }

  private Record wanted(JournalRecord each) {
    Record whole = RecordCodec.toMessage(each);
    if (!keysOnly && each.effects().stream().allMatch(effect -> prefixes.admit(effect.key()))) {
      return whole;
    }
    Record.Builder part = whole.toBuilder().clearEffects();
    for (int i = 0; i < each.effects().size(); i++) {
      if (prefixes.admit(each.effects().get(i).key())) {
        part.addEffects(shown(whole.getEffects(i)));
      }
    }
    return part.build();
  }

  private Effect shown(Effect effect) {
    return keysOnly && !effect.hasDeleted() ? effect.toBuilder().clearState().build() : effect;
  }

  private void sendProgress() {
    sentThrough = cursor;
    send(SubscribeReply.newBuilder().setProgress(Progress.newBuilder().setOrder(cursor)));
  }

  private void send(SubscribeReply.Builder message) {
    reply.onNext(message.setHistory(history).build());
  }

  void fail(RuntimeException error) {
    reply.onError(error);
  }
}
