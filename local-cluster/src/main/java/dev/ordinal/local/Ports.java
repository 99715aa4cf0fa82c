package dev.ordinal.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Scanner;
import java.util.concurrent.ThreadLocalRandom;

/** Loopback ports for replicas. */
public final class Ports {
  private static final int PORT_MAX = 65_535;

  /** Below it are the ports that programs are known by. */
  private static final int FREE_FROM = 10_000;

  /** What systems use that do not say: outgoing connections get a port from here on. */
  private static final int EPHEMERAL_FROM = 32_768;

  private static final int ENOUGH = 1_000;
  private static final Path EPHEMERAL_RANGE = Path.of("/proc/sys/net/ipv4/ip_local_port_range");

  private Ports() {}

  /**
   * {@code count} different ports that nobody listens on now, below those that the system gives to
   * outgoing connections, if it leaves enough: else any connection of this machine could take one
   * before it is used, or while its replica is down. Somebody who listens may still be faster; a
   * replica that finds its port taken says so and ends.
   */
  public static List<Integer> free(int count) {
    int ephemeralFrom = ephemeralFrom();
    int until = ephemeralFrom - FREE_FROM < ENOUGH ? PORT_MAX + 1 : ephemeralFrom;
    List<Integer> ports = new ArrayList<>();
    int first = ThreadLocalRandom.current().nextInt(FREE_FROM, until);
    for (int i = 0; i < until - FREE_FROM && ports.size() < count; i++) {
      int port = FREE_FROM + (first - FREE_FROM + i) % (until - FREE_FROM);
      if (isFree(port)) {
        ports.add(port);
      }
    }
    if (ports.size() < count) {
      throw new IllegalStateException(
          "only %d of %d ports from %d to %d on loopback are free"
              .formatted(ports.size(), count, FREE_FROM, until - 1));
    }
    return ports;
  }

  /** The first port that an outgoing connection can get. */
  static int ephemeralFrom() {
    if (!Files.isReadable(EPHEMERAL_RANGE)) {
      return EPHEMERAL_FROM;
    }
    try (Scanner firstAndLast = new Scanner(EPHEMERAL_RANGE, StandardCharsets.US_ASCII)) {
      return firstAndLast.nextInt();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + EPHEMERAL_RANGE, e);
    }
  }

  /** Whether nobody listens on {@code port} of loopback now. */
  static boolean isFree(int port) {
    try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return probe.isBound();
    } catch (IOException taken) {
      return false;
    }
  }

  /** {@code count} ports from {@code first} up. */
  public static List<Integer> from(int first, int count) {
    if (first < 1 || first + count - 1 > PORT_MAX) {
      throw new IllegalArgumentException(
          "%d ports from %d up do not all lie between 1 and 65535".formatted(count, first));
    }
    List<Integer> ports = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ports.add(first + i);
    }
    return ports;
  }
}
