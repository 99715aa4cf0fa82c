package dev.ordinal.journal.store;

import dev.ordinal.journal.state.SessionHeader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The rows of sessions: the header of a session under its ID, the outcomes of its transactions
 * right behind it.
 *
 * <pre>
 *   header     BE64 session                  BE64 nonce, ttl, acknowledged, touched slot,
 *                                             deadline; name
 *   outcome    BE64 session, BE64 sequence   as {@link dev.ordinal.journal.codec.OutcomeCodec}
 * </pre>
 */
final class SessionBytes {
  private static final int FIXED_BYTES = 5 * Long.BYTES;

  private SessionBytes() {}

  static byte[] headerRow(long session) {
    return ByteBuffer.allocate(Long.BYTES).putLong(session).array();
  }

  static byte[] outcomeRow(long session, long sequence) {
    return ByteBuffer.allocate(2 * Long.BYTES).putLong(session).putLong(sequence).array();
  }

  static boolean isHeaderRow(byte[] row) {
    return row.length == Long.BYTES;
  }

  static long sequence(byte[] outcomeRow) {
    return ByteBuffer.wrap(outcomeRow).getLong(Long.BYTES);
  }

  static byte[] encode(SessionHeader header) {
    byte[] name = header.name().getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(FIXED_BYTES + name.length)
        .putLong(header.nonce())
        .putLong(header.ttlMillis())
        .putLong(header.acknowledgedThrough())
        .putLong(header.touchedSlot())
        .putLong(header.deadlineMillis())
        .put(name)
        .array();
  }

  static SessionHeader header(byte[] row, byte[] value) {
    if (value.length < FIXED_BYTES) {
      throw StorageFailure.unreadable("a session's header", value.length + " bytes long");
    }
    long id = ByteBuffer.wrap(row).getLong();
    ByteBuffer buffer = ByteBuffer.wrap(value);
    long nonce = buffer.getLong();
    long ttlMillis = buffer.getLong();
    long acknowledgedThrough = buffer.getLong();
    long touchedSlot = buffer.getLong();
    long deadlineMillis = buffer.getLong();
    byte[] name = Arrays.copyOfRange(value, FIXED_BYTES, value.length);
    String text = new String(name, StandardCharsets.UTF_8);
    return new SessionHeader(
        id, nonce, text, ttlMillis, acknowledgedThrough, touchedSlot, deadlineMillis);
  }
}
