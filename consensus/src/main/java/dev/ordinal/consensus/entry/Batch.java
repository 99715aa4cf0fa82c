package dev.ordinal.consensus.entry;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The payload of a {@link Entry.Kind#BATCH} entry: a count, then each command behind its length,
 * all four bytes big-endian. Commands are opaque here.
 */
public final class Batch {
  private Batch() {}

  /** The bytes that {@code commandBytes} bytes of {@code commands} commands take in a batch. */
  public static long encodedLength(int commands, long commandBytes) {
    return Integer.BYTES + (long) Integer.BYTES * commands + commandBytes;
  }

  public static Payload encode(List<Payload> commands) {
    long commandBytes = 0;
    for (Payload command : commands) {
      commandBytes += command.length();
    }
    byte[] bytes = new byte[Math.toIntExact(encodedLength(commands.size(), commandBytes))];
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    buffer.putInt(commands.size());
    for (Payload command : commands) {
      buffer.putInt(command.length()).put(command.bytes());
    }
    return Payload.wrap(bytes);
  }

  /**
   * Throws {@link IllegalArgumentException} if {@code payload} is not what {@link #encode} makes.
   */
  public static List<Payload> decode(Payload payload) {
    ByteBuffer buffer = ByteBuffer.wrap(payload.bytes());
    int count = buffer.remaining() < Integer.BYTES ? -1 : buffer.getInt();
    if (count < 0 || (long) count * Integer.BYTES > buffer.remaining()) {
      throw new IllegalArgumentException("not a batch: count " + count + " in " + payload);
    }
    List<Payload> commands = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int length = buffer.remaining() < Integer.BYTES ? -1 : buffer.getInt();
      if (length < 0 || length > buffer.remaining()) {
        throw new IllegalArgumentException("not a batch: command " + i + " has length " + length);
      }
      byte[] command = new byte[length];
      buffer.get(command);
      commands.add(Payload.wrap(command));
    }
    if (buffer.hasRemaining()) {
      throw new IllegalArgumentException(
          "not a batch: " + buffer.remaining() + " bytes after the last command");
    }
    return commands;
  }
}
