package dev.ordinal.client;

import com.google.protobuf.ByteString;
import dev.ordinal.proto.store.v1.Effect;
import dev.ordinal.proto.store.v1.Label;
import dev.ordinal.proto.store.v1.Range;
import dev.ordinal.proto.store.v1.Record;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads rows and records, writes ranges and prefixes. */
final class RowCodec {
  private RowCodec() {}

  static Row row(dev.ordinal.proto.store.v1.Row message) {
    Content content =
        message.hasCounter() ? counter(message.getCounter()) : Value.of(message.getValue());
    return new Row(Key.of(message.getKey()), content, OrderId.of(message.getModifiedAt()));
  }

  static JournalRecord record(Record message) {
    Map<String, String> labels = new LinkedHashMap<>();
    for (Label label : message.getLabelsList()) {
      labels.put(label.getName(), label.getValue());
    }
    return new JournalRecord(
        OrderId.of(message.getOrder()),
        new JournalRecord.Author(message.getSlot(), message.getSession(), message.getSequence()),
        labels,
        changes(message),
        Value.of(message.getDigest()));
  }

  static List<Change> changes(Record message) {
    return message.getEffectsList().stream().map(RowCodec::change).toList();
  }

  private static Change change(Effect message) {
    return new Change(
        Key.of(message.getKey()), content(message), OrderId.of(message.getPriorOrder()));
  }

  private static @Nullable Content content(Effect message) {
    return switch (message.getStateCase()) {
      case VALUE -> Value.of(message.getValue());
      case COUNTER -> counter(message.getCounter());
      case DELETED, STATE_NOT_SET -> null;
    };
  }

  private static Counter counter(dev.ordinal.proto.store.v1.Counter message) {
    return new Counter(message.getValue(), message.getLow(), message.getHigh());
  }

  static Range range(KeyRange range) {
    Range.Builder message = Range.newBuilder().setStart(range.start().bytes());
    if (range.end() != null) {
      message.setEnd(range.end().bytes());
    }
    return message.build();
  }

  static List<ByteString> bytes(List<Key> prefixes) {
    return prefixes.stream().map(Key::bytes).toList();
  }
}
