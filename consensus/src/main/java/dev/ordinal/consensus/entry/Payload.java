package dev.ordinal.consensus.entry;

import java.util.Arrays;

/** Bytes that never change; equal by content. */
public final class Payload {
  public static final Payload EMPTY = new Payload(new byte[0]);

  private final byte[] bytes;

  private Payload(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Takes {@code bytes} over without a copy: the caller must not touch them again. */
  public static Payload wrap(byte[] bytes) {
    return new Payload(bytes);
  }

  public static Payload copyOf(byte[] bytes) {
    return new Payload(bytes.clone());
  }

  public int length() {
    return bytes.length;
  }

  /** The bytes themselves, for encoders and sockets; the caller must not change them. */
  public byte[] bytes() {
    return bytes;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Payload payload && Arrays.equals(bytes, payload.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return "Payload[" + bytes.length + " bytes]";
  }
}
