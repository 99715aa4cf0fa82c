package dev.ordinal.journal.store;

import dev.ordinal.journal.transaction.Key;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The row key of a superseded version: the key so escaped that no key's rows stand among those of
 * another, then the order ID, inverted, so that newer versions come first.
 *
 * <pre>
 *   escaped key     0x00 becomes 0x00 0xFF; closed by 0x00 0x01
 *   order ID        8 bytes, big-endian, all bits inverted
 * </pre>
 *
 * Escaped keys sort as the keys themselves do: the closing 0x00 0x01 is less than any byte a longer
 * key can go on with, 0x00 0xFF included.
 */
final class HistoryKey {
  private static final int CLOSING_BYTES = 2;

  private HistoryKey() {}

  static byte[] of(Key key, long order) {
    byte[] row = escaped(key, Long.BYTES);
    ByteBuffer.wrap(row).putLong(row.length - Long.BYTES, ~order);
    return row;
  }

  /** Less than all rows of {@code key} and of the keys after it, more than all before. */
  static byte[] start(Key key) {
    return escaped(key, 0);
  }

  /** More than all rows of {@code key}, less than those of the keys after it. */
  static byte[] end(Key key) {
    byte[] end = escaped(key, 0);
    end[end.length - 1]++;
    return end;
  }

  static long order(byte[] row) {
    return ~ByteBuffer.wrap(row).getLong(row.length - Long.BYTES);
  }

  /** Whether two rows belong to the same key. */
  static boolean sameKey(byte[] row, byte[] other) {
    int length = row.length - Long.BYTES;
    return row.length == other.length && Arrays.equals(row, 0, length, other, 0, length);
  }

  private static byte[] escaped(Key key, int tailBytes) {
    byte[] bytes = key.bytes();
    int zeros = 0;
    for (byte b : bytes) {
      zeros += b == 0 ? 1 : 0;
    }
    byte[] row = new byte[bytes.length + zeros + CLOSING_BYTES + tailBytes];
    int at = 0;
    for (byte b : bytes) {
      row[at++] = b;
      if (b == 0) {
        row[at++] = (byte) 0xFF;
      }
    }
    row[at + 1] = 1;
    return row;
  }
}
