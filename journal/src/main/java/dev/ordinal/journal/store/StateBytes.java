package dev.ordinal.journal.store;

import dev.ordinal.journal.record.KeyState;
import dev.ordinal.journal.record.Version;
import dev.ordinal.journal.transaction.Bounds;
import dev.ordinal.journal.transaction.Value;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The rows of keys. A superseded version is its state; the newest one of a key has its order ID
 * before that.
 *
 * <pre>
 *   state    0x00                                  deleted
 *            0x01 value                            stored
 *            0x02 BE64 value, BE64 low, BE64 high  counter
 *   newest   BE64 order ID, state
 * </pre>
 */
final class StateBytes {
  private static final byte DELETED = 0;
  private static final byte STORED = 1;
  private static final byte COUNTER = 2;
  private static final int COUNTER_BYTES = 1 + 3 * Long.BYTES;

  private StateBytes() {}

  static byte[] ofNewest(Version version) {
    return encode(version.state(), Long.BYTES, version.order());
  }

  static byte[] ofSuperseded(KeyState state) {
    return encode(state, 0, 0);
  }

  private static byte[] encode(KeyState state, int headBytes, long order) {
    byte[] row = new byte[headBytes + length(state)];
    ByteBuffer buffer = ByteBuffer.wrap(row);
    if (headBytes > 0) {
      buffer.putLong(order);
    }
    switch (state) {
      case KeyState.Deleted() -> buffer.put(DELETED);
      case KeyState.Stored(Value value) -> buffer.put(STORED).put(value.bytes());
      case KeyState.Counter(long value, Bounds bounds) ->
          buffer.put(COUNTER).putLong(value).putLong(bounds.low()).putLong(bounds.high());
    }
    return row;
  }

  private static int length(KeyState state) {
    return switch (state) {
      case KeyState.Deleted() -> 1;
      case KeyState.Stored(Value value) -> 1 + value.length();
      case KeyState.Counter counter -> COUNTER_BYTES;
    };
  }

  static Version newest(byte[] row) {
    if (row.length <= Long.BYTES) {
      throw StorageFailure.unreadable("the newest version of a key", row.length + " bytes long");
    }
    return new Version(orderOfNewest(row), state(row, Long.BYTES));
  }

  static long orderOfNewest(byte[] row) {
    return ByteBuffer.wrap(row).getLong(0);
  }

  static KeyState superseded(byte[] row) {
    if (row.length == 0) {
      throw StorageFailure.unreadable("a superseded version of a key", "it is empty");
    }
    return state(row, 0);
  }

  private static KeyState state(byte[] row, int from) {
    byte kind = row[from];
    if (kind == STORED) {
      return new KeyState.Stored(Value.wrap(Arrays.copyOfRange(row, from + 1, row.length)));
    }
    if (kind == DELETED && row.length == from + 1) {
      return KeyState.DELETED;
    }
    if (kind == COUNTER && row.length == from + COUNTER_BYTES) {
      ByteBuffer buffer = ByteBuffer.wrap(row, from + 1, COUNTER_BYTES - 1);
      return new KeyState.Counter(buffer.getLong(), new Bounds(buffer.getLong(), buffer.getLong()));
    }
    throw StorageFailure.unreadable(
        "the state of a key", "kind %d with %d bytes".formatted(kind, row.length - from));
  }
}
