package dev.ordinal.journal.transaction;

/** Bytes as a person can read them: printable ASCII as it is, the rest as {@code \xNN}. */
final class Printable {
  private static final int BYTES_SHOWN_MAX = 64;

  private Printable() {}

  static String of(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < Math.min(bytes.length, BYTES_SHOWN_MAX); i++) {
      byte b = bytes[i];
      if (b >= ' ' && b <= '~' && b != '\\') {
        text.append((char) b);
      } else {
        text.append(String.format("\\x%02x", b));
      }
    }
    if (bytes.length > BYTES_SHOWN_MAX) {
      text.append("... (").append(bytes.length).append(" bytes)");
    }
    return text.toString();
  }
}
