package dev.ordinal.journal.store;

import dev.ordinal.journal.record.Digest;
import dev.ordinal.journal.retention.Hold;
import dev.ordinal.journal.retention.Retention;
import dev.ordinal.journal.retention.RetentionPolicy;
import dev.ordinal.journal.state.Clock;
import dev.ordinal.journal.state.Head;
import dev.ordinal.journal.validation.Horizon;
import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The rows about the state as a whole: what format it has, whose it is, and its head. */
final class MetaBytes {
  static final byte[] OWNER_ROW = "owner".getBytes(StandardCharsets.US_ASCII);
  static final byte[] COLLECTED_ROW = "collected".getBytes(StandardCharsets.US_ASCII);
  static final byte[] HEAD_ROW = "head".getBytes(StandardCharsets.US_ASCII);

  /** What this program writes, and the newest it can read. */
  static final int FORMAT = 3;

  private static final int OWNER_BYTES = Integer.BYTES + 2 * Long.BYTES;
  private static final int HEAD_BYTES_MIN = 17 * Long.BYTES + 3 * Digest.BYTES + Integer.BYTES;

  private MetaBytes() {}

  static byte[] encode(StateOwner owner) {
    return ByteBuffer.allocate(OWNER_BYTES)
        .putInt(FORMAT)
        .putLong(owner.cluster())
        .putLong(owner.history())
        .array();
  }

  /** The format of an owner row, whatever follows it in a newer one. */
  static int format(byte[] row) {
    if (row.length < Integer.BYTES) {
      throw StorageFailure.unreadable("the format of the state", row.length + " bytes long");
    }
    return ByteBuffer.wrap(row).getInt();
  }

  /** For a row of the present {@link #FORMAT}. */
  static StateOwner owner(byte[] row) {
    if (row.length != OWNER_BYTES) {
      throw StorageFailure.unreadable("the owner of the state", row.length + " bytes long");
    }
    ByteBuffer buffer = ByteBuffer.wrap(row, Integer.BYTES, OWNER_BYTES - Integer.BYTES);
    return new StateOwner(buffer.getLong(), buffer.getLong());
  }

  static byte[] encodeCollected(long through) {
    return ByteBuffer.allocate(Long.BYTES).putLong(through).array();
  }

  static long collected(byte[] row) {
    if (row.length != Long.BYTES) {
      throw StorageFailure.unreadable("the cursor of collecting", row.length + " bytes long");
    }
    return ByteBuffer.wrap(row).getLong();
  }

  static byte[] encode(Head head) {
    Horizon horizon = head.horizon();
    byte[] holds = encode(head.retention().holds());
    return ByteBuffer.allocate(HEAD_BYTES_MIN + holds.length)
        .putLong(head.history())
        .putLong(head.slot().slot())
        .put(head.slot().entryHash().bytes())
        .put(head.slot().digest().bytes())
        .putLong(head.order().order())
        .putLong(head.order().session())
        .put(head.order().digest().bytes())
        .putLong(head.order().bytes())
        .putLong(horizon.order())
        .putLong(horizon.limits().ordersMax())
        .putLong(horizon.limits().bytesMax())
        .putLong(head.clock().millis())
        .putLong(head.clock().mark())
        .putLong(head.clock().graceUntil())
        .putLong(head.leasesMade())
        .putLong(head.sessionsOpened())
        .putLong(head.retention().floor())
        .putLong(head.retention().policy().ordersMax())
        .putLong(head.retention().policy().bytesMax())
        .putLong(head.retention().policy().ageMillisMax())
        .putInt(head.retention().holds().size())
        .put(holds)
        .array();
  }

  private static byte[] encode(List<Hold> holds) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (Hold hold : holds) {
      byte[] name = hold.name().getBytes(StandardCharsets.UTF_8);
      bytes.writeBytes(
          ByteBuffer.allocate(Integer.BYTES + name.length + 2 * Long.BYTES)
              .putInt(name.length)
              .put(name)
              .putLong(hold.order())
              .putLong(hold.untilMillis())
              .array());
    }
    return bytes.toByteArray();
  }

  static Head head(byte[] row) {
    ByteBuffer buffer = ByteBuffer.wrap(row);
    try {
      Head head = head(buffer);
      if (!buffer.hasRemaining()) {
        return head;
      }
    } catch (BufferUnderflowException e) {
      // the same as too long
    }
    throw StorageFailure.unreadable("the head of the state", row.length + " bytes long");
  }

  private static Head head(ByteBuffer buffer) {
    return new Head(
        buffer.getLong(),
        new Head.SlotTip(buffer.getLong(), digest(buffer), digest(buffer)),
        new Head.OrderTip(buffer.getLong(), buffer.getLong(), digest(buffer), buffer.getLong()),
        new Horizon(buffer.getLong(), new Horizon.Limits(buffer.getLong(), buffer.getLong())),
        new Clock(buffer.getLong(), buffer.getLong(), buffer.getLong()),
        buffer.getLong(),
        buffer.getLong(),
        new Retention(
            buffer.getLong(),
            new RetentionPolicy(buffer.getLong(), buffer.getLong(), buffer.getLong()),
            holds(buffer)));
  }

  private static List<Hold> holds(ByteBuffer buffer) {
    int count = buffer.getInt();
    List<Hold> holds = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] name = new byte[Math.clamp(buffer.getInt(), 0, buffer.remaining())];
      buffer.get(name);
      holds.add(
          new Hold(new String(name, StandardCharsets.UTF_8), buffer.getLong(), buffer.getLong()));
    }
    return holds;
  }

  private static Digest digest(ByteBuffer buffer) {
    byte[] bytes = new byte[Digest.BYTES];
    buffer.get(bytes);
    return Digest.wrap(bytes);
  }
}
