package dev.ordinal.journal.record;

import java.util.Arrays;
import java.util.HexFormat;

/** A SHA-256 digest, 32 bytes. */
public final class Digest {
  public static final int BYTES = 32;

  /** The digest before anything happened. */
  public static final Digest START = new Digest(new byte[BYTES]);

  private final byte[] bytes;

  private Digest(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * Takes {@code bytes} over without a copy: the caller must not touch them again. Throws {@link
   * IllegalArgumentException} unless there are {@link #BYTES} of them.
   */
  public static Digest wrap(byte[] bytes) {
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException("a digest has 32 bytes, not " + bytes.length);
    }
    return new Digest(bytes);
  }

  /** The bytes themselves, for encoders; the caller must not change them. */
  public byte[] bytes() {
    return bytes;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Digest digest && Arrays.equals(bytes, digest.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return HexFormat.of().formatHex(bytes);
  }
}
