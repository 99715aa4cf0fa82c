package dev.ordinal.server.config;

import dev.ordinal.server.net.HostPort;
import dev.ordinal.server.net.NodeAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a server is found, and where it looks for others.
 *
 * @param address what it tells peers and clients; null: what the configuration in its log says
 * @param listenPeers what it binds to for peers; null: as {@code address}
 * @param listenClients likewise for clients
 * @param join peers' addresses to ask for the members, for whom the log does not help
 */
public record Place(
    @Nullable NodeAddress address,
    @Nullable HostPort listenPeers,
    @Nullable HostPort listenClients,
    Metrics metrics,
    List<HostPort> join) {
  /** Unless told otherwise, metrics are so many ports above the clients. */
  private static final int METRICS_OFFSET = 200;

  /** Where metrics are answered. */
  public sealed interface Metrics {
    /** On the interface of the clients' door. */
    record BesideClients() implements Metrics {}

    record At(HostPort address) implements Metrics {}

    record Nowhere() implements Metrics {}
  }

  /**
   * What a process announces, and what it binds to.
   *
   * @param metrics null: nowhere
   */
  public record Doors(
      NodeAddress address, HostPort peers, HostPort clients, @Nullable HostPort metrics) {}

  public Place {
    join = List.copyOf(join);
  }

  /** As the configuration in the log says, with metrics at {@code metrics}. */
  public static Place asConfigured(Metrics metrics) {
    return new Place(null, null, null, metrics, List.of());
  }

  /**
   * The doors of a server whose log knows it to be at {@code configured}, null if it does not.
   *
   * @throws ConfigRefused if nobody says where it is
   */
  public Doors doors(@Nullable NodeAddress configured) {
    NodeAddress announced = address == null ? configured : address;
    if (announced == null) {
      throw new ConfigRefused(
          "address is missing: the configuration in this node's log does not name it, so say"
              + " --address PEERHOST:PORT/CLIENTHOST:PORT, where others find it");
    }
    HostPort clients = listenClients == null ? announced.clients() : listenClients;
    return new Doors(
        announced,
        listenPeers == null ? announced.peers() : listenPeers,
        clients,
        switch (metrics) {
          case Metrics.BesideClients() -> beside(clients);
          case Metrics.At(HostPort there) -> there;
          case Metrics.Nowhere() -> null;
        });
  }

  private static HostPort beside(HostPort clients) {
    int port = clients.port() + METRICS_OFFSET;
    try {
      return clients.withPort(port);
    } catch (IllegalArgumentException e) {
      throw new ConfigRefused(
          "listen-metrics is missing: %d, %d above the port for clients, is no port; say"
                  .formatted(port, METRICS_OFFSET)
              + " HOST:PORT, or off");
    }
  }
}
