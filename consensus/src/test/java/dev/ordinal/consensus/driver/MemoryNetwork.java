package dev.ordinal.consensus.driver;

import dev.ordinal.consensus.core.Message;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/**
 * A network inside one process: what is sent arrives at once, on the receiver's thread, or not at
 * all.
 */
final class MemoryNetwork implements AutoCloseable {
  private final Map<Integer, PeerTransport.Inbound> nodes = new ConcurrentHashMap<>();
  private final Map<Integer, ScheduledExecutorService> loops = new ConcurrentHashMap<>();

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
          loopOf(to).execute(() -> inbound.received(self, message));
        }
      }

      @Override
      public ScheduledExecutorService loop() {
        return loopOf(self);
      }
    };
  }

  private ScheduledExecutorService loopOf(int node) {
    return loops.computeIfAbsent(node, _ -> Executors.newSingleThreadScheduledExecutor());
  }

  /** Cuts {@code node} off: what it sends and what is sent to it is lost. */
  void disconnect(int node) {
    nodes.remove(node);
    nodes.forEach((other, inbound) -> loopOf(other).execute(() -> inbound.lost(node)));
  }

  @Override
  public void close() {
    loops.values().forEach(ScheduledExecutorService::close);
  }
}
