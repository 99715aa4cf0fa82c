package dev.ordinal.journal.transaction;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The name of one thing in the store: bytes, ordered as unsigned numbers. The empty key is before
 * all others; it can start a range, but nothing is stored under it.
 */
public final class Key implements Comparable<Key> {
  public static final Key EMPTY = new Key(new byte[0]);

  private final byte[] bytes;
  private final int hash;

  private Key(byte[] bytes) {
    this.bytes = bytes;
    this.hash = Arrays.hashCode(bytes);
  }

  /** Takes {@code bytes} over without a copy: the caller must not touch them again. */
  public static Key wrap(byte[] bytes) {
    return new Key(bytes);
  }

  public static Key of(String text) {
    return new Key(text.getBytes(StandardCharsets.UTF_8));
  }

  public int length() {
    return bytes.length;
  }

  public boolean isEmpty() {
    return bytes.length == 0;
  }

  /** The bytes themselves, for encoders; the caller must not change them. */
  public byte[] bytes() {
    return bytes;
  }

  /** The smallest key that is greater than this one. */
  public Key successor() {
    return new Key(Arrays.copyOf(bytes, bytes.length + 1));
  }

  @Override
  public int compareTo(Key other) {
    return Arrays.compareUnsigned(bytes, other.bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Key key && hash == key.hash && Arrays.equals(bytes, key.bytes);
  }

  @Override
  public int hashCode() {
    return hash;
  }

  @Override
  public String toString() {
    return Printable.of(bytes);
  }
}
