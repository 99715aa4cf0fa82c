package dev.ordinal.client;

/** host:port, as people write it. */
final class Address {
  private static final int PORT_MAX = 65_535;

  private Address() {}

  /**
   * Returns {@code address} if it is one.
   *
   * @throws IllegalArgumentException otherwise
   */
  static String checked(String address) {
    int colon = address.lastIndexOf(':');
    if (colon > 0 && isPort(address.substring(colon + 1))) {
      return address;
    }
    throw new IllegalArgumentException(
        "an address is host:port with a port from 1 to %d, was '%s'".formatted(PORT_MAX, address));
  }

  private static boolean isPort(String text) {
    if (text.isEmpty() || text.length() > 5 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return false;
    }
    int port = Integer.parseInt(text);
    return port >= 1 && port <= PORT_MAX;
  }
}
