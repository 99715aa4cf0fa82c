package dev.ordinal.client;

import com.google.protobuf.ByteString;

/**
 * The name of a row: 1 to {@value #BYTES_MAX} bytes, ordered as unsigned bytes.
 *
 * <p>Most keys are text, and {@link #of(String)} encodes it as UTF-8; any other bytes are as good.
 */
public final class Key implements Comparable<Key> {
  /** The longest key, in bytes. */
  public static final int BYTES_MAX = 4096;

  private final ByteString bytes;

  private Key(ByteString bytes) {
    if (bytes.isEmpty() || bytes.size() > BYTES_MAX) {
      throw new IllegalArgumentException(
          "a key has 1 to %d bytes, this one %d".formatted(BYTES_MAX, bytes.size()));
    }
    this.bytes = bytes;
  }

  /** The key of {@code text} in UTF-8. */
  public static Key of(String text) {
    return new Key(ByteString.copyFromUtf8(text));
  }

  /** The key of a copy of {@code bytes}. */
  public static Key of(byte[] bytes) {
    return new Key(ByteString.copyFrom(bytes));
  }

  static Key of(ByteString bytes) {
    return new Key(bytes);
  }

  ByteString bytes() {
    return bytes;
  }

  /** A copy of the bytes. */
  public byte[] toBytes() {
    return bytes.toByteArray();
  }

  /** The bytes read as UTF-8. */
  public String text() {
    return bytes.toStringUtf8();
  }

  public boolean startsWith(Key prefix) {
    return bytes.startsWith(prefix.bytes);
  }

  @Override
  public int compareTo(Key other) {
    return ByteString.unsignedLexicographicalComparator().compare(bytes, other.bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Key key && bytes.equals(key.bytes);
  }

  @Override
  public int hashCode() {
    return bytes.hashCode();
  }

  /** The key for people: printable text as it is, other bytes as {@code \xNN}. */
  @Override
  public String toString() {
    return Printable.of(bytes);
  }
}
