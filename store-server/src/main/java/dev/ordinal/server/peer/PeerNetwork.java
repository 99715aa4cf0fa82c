package dev.ordinal.server.peer;

import dev.ordinal.consensus.core.Message;
import dev.ordinal.proto.peer.v1.PeerFrame;
import dev.ordinal.server.net.EventLoops;
import dev.ordinal.server.net.HostPort;
import dev.ordinal.server.net.Listener;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All connections of one replica to its peers, both ways. Sending never blocks and never fails: a
 * message that cannot leave is lost, as it could be on any network.
 */
public final class PeerNetwork implements AutoCloseable {
  /** A Sync or a Promise carries a whole window, and a command may exceed it by itself. */
  static final int MESSAGE_BYTES_MAX = 64 << 20;

  private final PeerIdentity self;
  private final EventLoops loops;
  private final Listener listener;
  private final Map<Integer, Map<Lane, PeerLink>> links = new TreeMap<>();

  private PeerNetwork(PeerIdentity self, EventLoops loops, Listener listener) {
    this.self = self;
    this.loops = loops;
    this.listener = listener;
  }

  /**
   * Listens on {@code address} at once, and hands what peers say to {@code inbox}.
   *
   * @param peers the addresses of the other members
   */
  public static PeerNetwork open(
      PeerIdentity self, HostPort address, Map<Integer, HostPort> peers, PeerInbox inbox) {
    EventLoops loops = new EventLoops("peers", 1);
    PeerService service = new PeerService(self, peers.keySet(), inbox);
    Listener listener;
    try {
      listener =
          Listener.open(
              new Listener.Offer(
                  "peers", address, List.of(service.bindService()), List.of(), MESSAGE_BYTES_MAX),
              loops);
    } catch (RuntimeException e) {
      loops.close();
      throw e;
    }
    PeerNetwork network = new PeerNetwork(self, loops, listener);
    peers.forEach((peer, where) -> network.addPeer(peer, where, inbox));
    return network;
  }

  private void addPeer(int peer, HostPort address, PeerInbox inbox) {
    Map<Lane, PeerLink> lanes = new EnumMap<>(Lane.class);
    for (Lane lane : Lane.values()) {
      Runnable onLost = lane == Lane.CONTROL ? () -> inbox.lost(peer) : () -> {};
      lanes.put(
          lane,
          new PeerLink(
              new PeerLink.Destination(peer, lane),
              self,
              () -> loops.dial(address, MESSAGE_BYTES_MAX),
              loops.timer(),
              onLost));
    }
    links.put(peer, lanes);
    lanes.values().forEach(PeerLink::open);
  }

  public HostPort address() {
    return listener.address();
  }

  /** Callable from any thread. Throws {@link IllegalArgumentException} if {@code to} is no peer. */
  public void send(int to, Message message) {
    Map<Lane, PeerLink> lanes = links.get(to);
    if (lanes == null) {
      throw new IllegalArgumentException("node %d is no peer of %s".formatted(to, self));
    }
    PeerFrame frame = PeerCodec.encode(message);
    PeerLink link = lanes.get(Lane.of(message));
    if (link != null) {
      link.send(frame);
    }
  }

  @Override
  public void close() {
    links.values().forEach(lanes -> lanes.values().forEach(PeerLink::close));
    listener.close();
    loops.close();
  }
}
