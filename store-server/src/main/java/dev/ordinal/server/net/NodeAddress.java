package dev.ordinal.server.net;

import org.jspecify.annotations.Nullable;

/**
 * Where one replica is found by its peers and by clients. Its text, {@code
 * PEERHOST:PORT/CLIENTHOST:PORT}, is what configurations in the log carry.
 */
public record NodeAddress(HostPort peers, HostPort clients) {
  /** Throws {@link IllegalArgumentException}, which says what is wrong, if it is none. */
  public static NodeAddress parse(String text) {
    String[] sides = text.strip().split("/", -1);
    if (sides.length != 2) {
      throw new IllegalArgumentException(
          "'%s' is not PEERHOST:PORT/CLIENTHOST:PORT".formatted(text));
    }
    return new NodeAddress(HostPort.parse(sides[0]), HostPort.parse(sides[1]));
  }

  /** As {@link #parse}; null if {@code text} is none. */
  public static @Nullable NodeAddress parseOrNull(String text) {
    try {
      return parse(text);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  @Override
  public String toString() {
    return peers + "/" + clients;
  }
}
