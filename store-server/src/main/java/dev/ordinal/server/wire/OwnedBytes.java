package dev.ordinal.server.wire;

import com.google.protobuf.ByteOutput;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The array of a received {@link ByteString} without another copy. The parser made that array for
 * this field alone and nobody changes it, so it may be kept; where the string turns out to be a
 * slice or a rope, the bytes are copied.
 */
public final class OwnedBytes extends ByteOutput {
  private byte @Nullable [] whole;

  private OwnedBytes() {}

  public static byte[] of(ByteString bytes) {
    OwnedBytes output = new OwnedBytes();
    try {
      UnsafeByteOperations.unsafeWriteTo(bytes, output);
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
    byte[] owned = output.whole;
    return owned != null && owned.length == bytes.size() ? owned : bytes.toByteArray();
  }

  @Override
  public void writeLazy(byte[] value, int offset, int length) {
    whole = offset == 0 && length == value.length ? value : null;
  }

  @Override
  public void write(byte value) {
    whole = null;
  }

  @Override
  public void write(byte[] value, int offset, int length) {
    whole = null;
  }

  @Override
  public void write(ByteBuffer value) {
    whole = null;
  }

  @Override
  public void writeLazy(ByteBuffer value) {
    whole = null;
  }
}
