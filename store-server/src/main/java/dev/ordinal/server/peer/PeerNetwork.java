package dev.ordinal.server.peer;

import dev.ordinal.consensus.core.Message;
import dev.ordinal.consensus.driver.PeerTransport;
import dev.ordinal.server.net.EventLoops;
import dev.ordinal.server.net.HostPort;
import dev.ordinal.server.net.Listener;
import io.grpc.BindableService;
import io.grpc.ServerServiceDefinition;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * All connections of one replica to its peers, both ways. Sending never blocks and never fails: a
 * message that cannot leave is lost, as it could be on any network.
 */
public final class PeerNetwork implements PeerTransport, AutoCloseable {
  /** A Sync or a Promise carries a whole window, and a command may exceed it by itself. */
  static final int MESSAGE_BYTES_MAX = 64 << 20;

  private final PeerIdentity self;
  private final Sockets sockets;
  private final Map<Integer, HostPort> peers;
  private final AtomicReference<PeerTransport.@Nullable Inbound> inbound;
  private final Map<Integer, Map<Lane, PeerLink>> links = new ConcurrentSkipListMap<>();

  private record Sockets(EventLoops loops, Listener listener) {}

  private PeerNetwork(
      PeerIdentity self,
      Sockets sockets,
      Map<Integer, HostPort> peers,
      AtomicReference<PeerTransport.@Nullable Inbound> inbound) {
    this.self = self;
    this.sockets = sockets;
    this.peers = new TreeMap<>(peers);
    this.inbound = inbound;
  }

  /**
   * Listens on {@code address} at once, so that a port in use is known early. What peers say before
   * {@link #start} is lost.
   *
   * @param peers the addresses of the other members
   * @param more what else is offered to them at {@code address}
   */
  public static PeerNetwork open(
      PeerIdentity self, HostPort address, Map<Integer, HostPort> peers, BindableService... more) {
    EventLoops loops = new EventLoops("peers", 1);
    AtomicReference<PeerTransport.@Nullable Inbound> inbound = new AtomicReference<>();
    PeerService service = new PeerService(self, peers.keySet(), inbound);
    List<ServerServiceDefinition> offered = new ArrayList<>(List.of(service.bindService()));
    for (BindableService other : more) {
      offered.add(other.bindService());
    }
    Listener listener;
    try {
      listener =
          Listener.open(
              new Listener.Offer("peers", address, offered, List.of(), MESSAGE_BYTES_MAX), loops);
    } catch (RuntimeException e) {
      loops.close();
      throw e;
    }
    return new PeerNetwork(self, new Sockets(loops, listener), peers, inbound);
  }

  @Override
  public void start(PeerTransport.Inbound inbox) {
    inbound.set(inbox);
    peers.forEach((peer, where) -> addPeer(peer, where, inbox));
  }

  private void addPeer(int peer, HostPort address, PeerTransport.Inbound inbox) {
    Map<Lane, PeerLink> lanes = new EnumMap<>(Lane.class);
    for (Lane lane : Lane.values()) {
      Runnable onLost = lane == Lane.CONTROL ? () -> inbox.lost(peer) : () -> {};
      lanes.put(
          lane,
          new PeerLink(
              new PeerLink.Destination(peer, lane),
              self,
              () -> sockets.loops.dial(address, MESSAGE_BYTES_MAX),
              sockets.loops.timer(),
              onLost));
    }
    links.put(peer, lanes);
    lanes.values().forEach(PeerLink::open);
  }

  @Override
  public ScheduledExecutorService loop() {
    return sockets.loops.timer();
  }

  public HostPort address() {
    return sockets.listener.address();
  }

  /** Callable from any thread; what is sent to a stranger is lost. */
  @Override
  public void send(int to, Message message) {
    Map<Lane, PeerLink> lanes = links.get(to);
    PeerLink link = lanes == null ? null : lanes.get(Lane.of(message));
    if (link != null) {
      link.send(PeerCodec.encode(message));
    }
  }

  @Override
  public void close() {
    links.values().forEach(lanes -> lanes.values().forEach(PeerLink::close));
    sockets.listener.close();
    sockets.loops.close();
  }
}
