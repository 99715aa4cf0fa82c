package dev.ordinal.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/** Loopback ports for replicas. */
public final class Ports {
  private Ports() {}

  /**
   * {@code count} different ports that nobody listens on now. Somebody else may take one before it
   * is used; a replica that finds its port taken says so and ends.
   */
  public static List<Integer> free(int count) {
    List<ServerSocket> held = new ArrayList<>();
    try {
      List<Integer> ports = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        held.add(socket);
        ports.add(socket.getLocalPort());
      }
      return ports;
    } catch (IOException e) {
      throw new UncheckedIOException("no free port on loopback", e);
    } finally {
      held.forEach(Ports::release);
    }
  }

  /** {@code count} ports from {@code first} up. */
  public static List<Integer> from(int first, int count) {
    if (first < 1 || first + count - 1 > 65_535) {
      throw new IllegalArgumentException(
          "%d ports from %d up do not all lie between 1 and 65535".formatted(count, first));
    }
    List<Integer> ports = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ports.add(first + i);
    }
    return ports;
  }

  private static void release(ServerSocket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException("a probe socket does not close", e);
    }
  }
}
