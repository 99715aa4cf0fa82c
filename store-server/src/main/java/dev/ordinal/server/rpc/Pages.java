package dev.ordinal.server.rpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.ordinal.journal.codec.RecordCodec;
import dev.ordinal.journal.record.KeyState;
import dev.ordinal.journal.record.Version;
import dev.ordinal.journal.store.PageLimit;
import dev.ordinal.journal.store.ScanPage;
import dev.ordinal.journal.store.StateStore;
import dev.ordinal.journal.transaction.Key;
import dev.ordinal.journal.transaction.KeyRange;
import dev.ordinal.journal.transaction.Value;
import dev.ordinal.proto.store.v1.ReadReply;
import dev.ordinal.proto.store.v1.Row;
import org.jspecify.annotations.Nullable;

/** Reads pages of the state as of one order ID. */
final class Pages {
  static final long BYTES_MAX = 1 << 20;

  private final StateStore store;
  private final long history;

  Pages(StateStore store) {
    this.store = store;
    this.history = store.head().history();
  }

  ReadReply read(Query query, long order) {
    ReadReply.Builder reply = ReadReply.newBuilder().setOrder(order).setHistory(history);
    KeyRange range = query.range();
    Key resumeAt = range == null ? keys(query, order, reply) : scan(query, range, order, reply);
    if (resumeAt != null) {
      reply.setContinuation(bytes(resumeAt));
    }
    return reply.build();
  }

  private @Nullable Key keys(Query query, long order, ReadReply.Builder reply) {
    Key from = query.resumeAt();
    long bytes = 0;
    for (Key key : query.keys()) {
      if (from != null && key.compareTo(from) < 0) {
        continue;
      }
      if (reply.getRowsCount() >= query.rowsMax() || bytes >= BYTES_MAX) {
        return key;
      }
      Version version = store.get(key, order);
      if (version != null) {
        Row row = row(key, version, query.keysOnly());
        bytes += row.getSerializedSize();
        reply.addRows(row);
      }
    }
    return null;
  }

  private @Nullable Key scan(Query query, KeyRange range, long order, ReadReply.Builder reply) {
    Key from = query.resumeAt();
    KeyRange rest = from == null ? range : new KeyRange(from, range.end());
    ScanPage page = store.scan(rest, order, new PageLimit(query.rowsMax(), BYTES_MAX));
    for (dev.ordinal.journal.record.Row row : page.rows()) {
      reply.addRows(row(row.key(), row.version(), query.keysOnly()));
    }
    return page.resumeAt();
  }

  static Row row(Key key, Version version, boolean keyOnly) {
    Row.Builder row = Row.newBuilder().setKey(bytes(key)).setModifiedAt(version.order());
    if (!keyOnly) {
      switch (version.state()) {
        case KeyState.Stored(Value value) ->
            row.setValue(UnsafeByteOperations.unsafeWrap(value.bytes()));
        case KeyState.Counter counter -> row.setCounter(RecordCodec.toMessage(counter));
        case KeyState.Deleted() ->
            throw new IllegalStateException("deleted keys are not read: " + key);
      }
    }
    return row.build();
  }

  private static ByteString bytes(Key key) {
    return UnsafeByteOperations.unsafeWrap(key.bytes());
  }
}
