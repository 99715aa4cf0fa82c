package dev.ordinal.server.rpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.ordinal.journal.Journal;
import dev.ordinal.journal.codec.RecordCodec;
import dev.ordinal.journal.read.SnapshotReader;
import dev.ordinal.journal.record.KeyState;
import dev.ordinal.journal.record.Version;
import dev.ordinal.journal.store.PageLimit;
import dev.ordinal.journal.store.ScanPage;
import dev.ordinal.journal.transaction.Key;
import dev.ordinal.journal.transaction.KeyRange;
import dev.ordinal.journal.transaction.Value;
import dev.ordinal.proto.store.v1.ReadReply;
import dev.ordinal.proto.store.v1.Row;

/** Reads pages of the state as of one order ID. */
final class Pages {
  static final long BYTES_MAX = 1 << 20;

  private final SnapshotReader reader;
  private final long history;

  Pages(Journal journal) {
    this.reader = journal.reader();
    this.history = journal.head().history();
  }

  ReadReply read(Query query, long order) {
    PageLimit limit = new PageLimit(query.rowsMax(), BYTES_MAX);
    KeyRange range = query.range();
    Key from = query.resumeAt();
    ScanPage page =
        range == null
            ? reader.read(query.keysLeft(), order, limit)
            : reader.scan(from == null ? range : new KeyRange(from, range.end()), order, limit);
    ReadReply.Builder reply = ReadReply.newBuilder().setOrder(order).setHistory(history);
    for (dev.ordinal.journal.record.Row row : page.rows()) {
      reply.addRows(row(row.key(), row.version(), query.keysOnly()));
    }
    Key resumeAt = page.resumeAt();
    if (resumeAt != null) {
      reply.setContinuation(bytes(resumeAt));
    }
    return reply.build();
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
