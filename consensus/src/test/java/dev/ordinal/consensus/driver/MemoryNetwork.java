package dev.ordinal.consensus.driver;

import dev.ordinal.consensus.core.Message;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A network inside one process: what is sent arrives at once, or not at all. */
final class MemoryNetwork {
  private final Map<Integer, PeerTransport.Inbound> nodes = new ConcurrentHashMap<>();

  /** The transport of {@code self}; connects it anew if it was there before. */
  PeerTransport transport(int self) {
    return new PeerTransport() {
      @Override
      public void start(Inbound inbound) {
        nodes.put(self, inbound);
      }

      @Override
      public void send(int to, Message message) {
        Inbound inbound = nodes.get(to);
        if (inbound != null && nodes.containsKey(self)) {
          inbound.received(self, message);
        }
      }
    };
  }

  /** Cuts {@code node} off: what it sends and what is sent to it is lost. */
  void disconnect(int node) {
    nodes.remove(node);
    nodes.values().forEach(other -> other.lost(node));
  }
}
