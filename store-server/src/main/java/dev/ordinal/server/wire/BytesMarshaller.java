package dev.ordinal.server.wire;

import io.grpc.MethodDescriptor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;

/** Takes a message as the bytes it came in, in an array of its own: the one copy on the way in. */
public final class BytesMarshaller implements MethodDescriptor.Marshaller<byte[]> {
  @Override
  public InputStream stream(byte[] value) {
    return new ByteArrayInputStream(value);
  }

  @Override
  public byte[] parse(InputStream stream) {
    try {
      byte[] bytes = new byte[stream.available()];
      int read = stream.readNBytes(bytes, 0, bytes.length);
      byte[] rest = stream.readAllBytes(); // none, unless the message was compressed
      if (read == bytes.length && rest.length == 0) {
        return bytes;
      }
      byte[] whole = Arrays.copyOf(bytes, read + rest.length);
      System.arraycopy(rest, 0, whole, read, rest.length);
      return whole;
    } catch (IOException e) {
      throw new UncheckedIOException("a received message is in memory", e);
    }
  }
}
