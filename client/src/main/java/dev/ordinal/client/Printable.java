package dev.ordinal.client;

import com.google.protobuf.ByteString;

/** Bytes as people can read them. */
final class Printable {
  private Printable() {}

  /** Valid UTF-8 without control characters as text; anything else byte by byte. */
  static String of(ByteString bytes) {
    if (bytes.isValidUtf8()) {
      String text = bytes.toStringUtf8();
      if (text.codePoints().noneMatch(Character::isISOControl)) {
        return text;
      }
    }
    StringBuilder escaped = new StringBuilder(bytes.size() * 2);
    for (int i = 0; i < bytes.size(); i++) {
      int b = bytes.byteAt(i) & 0xff;
      if (b >= 0x20 && b < 0x7f && b != '\\') {
        escaped.append((char) b);
      } else {
        escaped.append("\\x%02x".formatted(b));
      }
    }
    return escaped.toString();
  }
}
