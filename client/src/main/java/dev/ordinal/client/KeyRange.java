package dev.ordinal.client;

import com.google.protobuf.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * The keys from {@code start}, inclusive, to {@code end}, exclusive; without {@code end} there is
 * no upper limit.
 */
public record KeyRange(Key start, @Nullable Key end) {
  /** The smallest key there is: a single zero byte. */
  private static final Key FIRST = Key.of(new byte[1]);

  public KeyRange {
    if (end != null && end.compareTo(start) <= 0) {
      throw new IllegalArgumentException(
          "a range ends after its start; start %s, end %s".formatted(start, end));
    }
  }

  /** The keys from {@code start}, inclusive, to {@code end}, exclusive. */
  public static KeyRange between(Key start, Key end) {
    return new KeyRange(start, end);
  }

  /** All keys from {@code start} on, inclusive. */
  public static KeyRange from(Key start) {
    return new KeyRange(start, null);
  }

  /** Every key. */
  public static KeyRange all() {
    return from(FIRST);
  }

  /** The keys that start with {@code prefix}, itself included. */
  public static KeyRange prefix(Key prefix) {
    return new KeyRange(prefix, afterPrefix(prefix.bytes()));
  }

  /** The keys that start with the UTF-8 bytes of {@code prefix}. */
  public static KeyRange prefix(String prefix) {
    return prefix(Key.of(prefix));
  }

  public boolean contains(Key key) {
    return key.compareTo(start) >= 0 && (end == null || key.compareTo(end) < 0);
  }

  /** The first key that is greater than all with the prefix; none if all its bytes are 0xff. */
  private static @Nullable Key afterPrefix(ByteString prefix) {
    int last = prefix.size() - 1;
    while (last >= 0 && prefix.byteAt(last) == (byte) 0xff) {
      last--;
    }
    if (last < 0) {
      return null;
    }
    byte[] end = prefix.substring(0, last + 1).toByteArray();
    end[last]++;
    return Key.of(end);
  }

  @Override
  public String toString() {
    return "[" + start + ", " + (end == null ? "∞" : end) + ")";
  }
}
