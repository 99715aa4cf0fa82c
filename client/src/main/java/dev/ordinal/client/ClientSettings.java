package dev.ordinal.client;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** What a {@link ClientBuilder} collected. */
record ClientSettings(
    List<String> addresses,
    String name,
    Duration commitTimeout,
    Duration readTimeout,
    Bounds bounds,
    boolean unary) {
  private static final int NAME_BYTES_MAX = 128;

  ClientSettings {
    addresses = List.copyOf(addresses);
    int bytes = name.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > NAME_BYTES_MAX) {
      throw new IllegalArgumentException(
          "a name has at most %d bytes, this one %d".formatted(NAME_BYTES_MAX, bytes));
    }
  }

  /** How much of something, at most. */
  record Bounds(int transactAttempts, int outstandingMax) {}
}
