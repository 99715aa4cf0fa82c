package dev.ordinal.server.net;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/** Where something listens. Port 0 lets the system choose, for listeners in tests. */
public record HostPort(String host, int port) {
  private static final int PORT_MAX = 65_535;

  public HostPort {
    if (host.isBlank() || port < 0 || port > PORT_MAX) {
      throw new IllegalArgumentException(
          "an address is host:port with a port from 0 to 65535, not '%s:%d'".formatted(host, port));
    }
  }

  /** Reads {@code host:port} or {@code [ipv6]:port}. */
  public static HostPort parse(String text) {
    int colon = text.lastIndexOf(':');
    try {
      if (colon > 0) {
        String host = text.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
          host = host.substring(1, host.length() - 1);
        }
        return new HostPort(host, Integer.parseInt(text.substring(colon + 1)));
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'%s' is not host:port: bad port".formatted(text), e);
    }
    throw new IllegalArgumentException("'%s' is not host:port".formatted(text));
  }

  public HostPort withPort(int chosen) {
    return new HostPort(host, chosen);
  }

  /**
   * False also where the name cannot be resolved: then nothing is known about who can listen in.
   */
  public boolean isLoopback() {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  public InetSocketAddress socketAddress() {
    return new InetSocketAddress(host, port);
  }

  @Override
  public String toString() {
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }
}
