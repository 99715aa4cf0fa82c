package dev.ordinal.journal.transaction;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** What is stored under a key: bytes that never change, opaque to the journal. */
public final class Value {
  private final byte[] bytes;

  private Value(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Takes {@code bytes} over without a copy: the caller must not touch them again. */
  public static Value wrap(byte[] bytes) {
    return new Value(bytes);
  }

  public static Value of(String text) {
    return new Value(text.getBytes(StandardCharsets.UTF_8));
  }

  public int length() {
    return bytes.length;
  }

  /** The bytes themselves, for encoders; the caller must not change them. */
  public byte[] bytes() {
    return bytes;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Value value && Arrays.equals(bytes, value.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return Printable.of(bytes);
  }
}
