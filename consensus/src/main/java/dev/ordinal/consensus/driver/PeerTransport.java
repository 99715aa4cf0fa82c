package dev.ordinal.consensus.driver;

import dev.ordinal.consensus.core.Message;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * Carries messages between members. It may lose, delay, repeat and reorder them; it must not change
 * them, and must have checked that the sender is the node it claims to be, of the same cluster and
 * history. Which configuration that node is in, and whether it is a member there, is for the core.
 */
public interface PeerTransport {
  /**
   * Connects to the other members and hands everything they send to {@code inbound}, from any
   * thread. Called once.
   */
  void start(Inbound inbound);

  /**
   * Sends soon. Never blocks and never throws: a message that cannot be sent, or that finds its
   * peer's queue full, is dropped. Called from two threads of the driver at most; messages of one
   * thread should arrive in their order.
   */
  void send(int to, Message message);

  /**
   * The one thread on which {@link Inbound} is always called, as an executor that runs tasks on it
   * in their order; null if there is no such thread. A driver may take its turns on it: what a peer
   * sends is then answered without waking another thread.
   */
  default @Nullable ScheduledExecutorService loop() {
    return null;
  }

  /** What a driver takes from its peers. Never blocks and never throws; safe from any thread. */
  interface Inbound {
    /** {@code message} came from node {@code from}. */
    void received(int from, Message message);

    /** There is a connection to {@code peer}: what is sent to it is on its way. */
    void met(int peer);

    /** The connection to {@code peer} broke, which may mean that its process ended. */
    void lost(int peer);
  }
}
