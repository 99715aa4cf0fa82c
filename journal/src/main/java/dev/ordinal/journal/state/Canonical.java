package dev.ordinal.journal.state;

import dev.ordinal.journal.transaction.Key;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The byte form of what digests cover: numbers big-endian, everything of variable length behind its
 * length. It belongs to the journal alone, so that no wire format can change a digest.
 */
final class Canonical {
  private static final int KEPT_BYTES_MAX = 64 << 10;

  private ByteBuffer buffer = ByteBuffer.allocate(4 << 10);

  Canonical add(byte number) {
    room(Byte.BYTES).put(number);
    return this;
  }

  Canonical add(int number) {
    room(Integer.BYTES).putInt(number);
    return this;
  }

  Canonical add(long number) {
    room(Long.BYTES).putLong(number);
    return this;
  }

  Canonical add(Key key) {
    return add(key.bytes());
  }

  Canonical add(byte[] bytes) {
    room(Integer.BYTES + bytes.length).putInt(bytes.length).put(bytes);
    return this;
  }

  Canonical add(String text) {
    return add(text.getBytes(StandardCharsets.UTF_8));
  }

  /** What was added since the last {@link #clear}, ready to be read. */
  ByteBuffer content() {
    return buffer.duplicate().flip();
  }

  Canonical clear() {
    if (buffer.capacity() > KEPT_BYTES_MAX) {
      buffer = ByteBuffer.allocate(KEPT_BYTES_MAX);
    }
    buffer.clear();
    return this;
  }

  private ByteBuffer room(int bytes) {
    if (buffer.remaining() < bytes) {
      int needed = Math.addExact(buffer.position(), bytes);
      long doubled = Math.min(2L * buffer.capacity(), Integer.MAX_VALUE - 8);
      ByteBuffer larger = ByteBuffer.allocate((int) Math.max(needed, doubled));
      buffer = larger.put(buffer.flip());
    }
    return buffer;
  }
}
