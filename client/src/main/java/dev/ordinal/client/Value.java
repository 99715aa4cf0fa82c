package dev.ordinal.client;

import com.google.protobuf.ByteString;

/** Immutable bytes under a key: 0 to {@value #BYTES_MAX} of them. */
public final class Value implements Content {
  /** The largest value, in bytes: 1 MiB. */
  public static final int BYTES_MAX = 1 << 20;

  private static final int SHOWN_MAX = 64;

  private final ByteString bytes;

  private Value(ByteString bytes) {
    if (bytes.size() > BYTES_MAX) {
      throw new IllegalArgumentException(
          "a value has at most %d bytes, this one %d".formatted(BYTES_MAX, bytes.size()));
    }
    this.bytes = bytes;
  }

  /** The value of {@code text} in UTF-8. */
  public static Value of(String text) {
    return new Value(ByteString.copyFromUtf8(text));
  }

  /** The value of a copy of {@code bytes}. */
  public static Value of(byte[] bytes) {
    return new Value(ByteString.copyFrom(bytes));
  }

  static Value of(ByteString bytes) {
    return new Value(bytes);
  }

  ByteString bytes() {
    return bytes;
  }

  public int size() {
    return bytes.size();
  }

  /** A copy of the bytes. */
  public byte[] toBytes() {
    return bytes.toByteArray();
  }

  /** The bytes read as UTF-8. */
  public String text() {
    return bytes.toStringUtf8();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Value value && bytes.equals(value.bytes);
  }

  @Override
  public int hashCode() {
    return bytes.hashCode();
  }

  /** The value for people; a long one is cut. */
  @Override
  public String toString() {
    return bytes.size() <= SHOWN_MAX
        ? Printable.of(bytes)
        : Printable.of(bytes.substring(0, SHOWN_MAX)) + "… (" + bytes.size() + " bytes)";
  }
}
