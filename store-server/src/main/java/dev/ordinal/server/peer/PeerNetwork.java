package dev.ordinal.server.peer;

import dev.ordinal.consensus.core.Message;
import dev.ordinal.consensus.driver.PeerTransport;
import dev.ordinal.consensus.quorum.Configuration;
import dev.ordinal.proto.peer.v1.Hello;
import dev.ordinal.server.net.EventLoops;
import dev.ordinal.server.net.HostPort;
import dev.ordinal.server.net.Listener;
import dev.ordinal.server.net.NodeAddress;
import io.grpc.ManagedChannel;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * All connections of one replica to its peers, both ways: to the members of the configuration, and
 * to whoever is connected to it. So a member that was removed is spoken to until it ends, and a
 * node that is not one yet is served. Sending never blocks and never fails: a message that cannot
 * leave is lost, as it could be on any network.
 */
public final class PeerNetwork implements PeerTransport, AutoCloseable {
  /** A Sync or a Promise carries a whole window, and a command may exceed it by itself. */
  static final int MESSAGE_BYTES_MAX = 64 << 20;

  private final PeerIdentity self;
  private final Sockets sockets;
  private final PeerBook book;
  private final List<HostPort> seeds;
  private final AtomicReference<PeerTransport.@Nullable Inbound> inbound;
  private final Map<Integer, Map<Lane, PeerLink>> links = new ConcurrentSkipListMap<>();
  private @Nullable Introduction introduction;
  private volatile boolean closed;

  private record Sockets(EventLoops loops, Listener listener) {}

  /**
   * What a network begins with.
   *
   * @param listen where peers come in
   * @param configuration the newest that is known
   * @param seeds peers' addresses to ask for the others, for whom the configuration does not help
   */
  public record Start(HostPort listen, Configuration configuration, List<HostPort> seeds) {
    public Start {
      seeds = List.copyOf(seeds);
    }
  }

  private PeerNetwork(
      PeerIdentity self,
      Sockets sockets,
      PeerBook book,
      List<HostPort> seeds,
      AtomicReference<PeerTransport.@Nullable Inbound> inbound) {
    this.self = self;
    this.sockets = sockets;
    this.book = book;
    this.seeds = seeds;
    this.inbound = inbound;
  }

  /**
   * Listens at once, so that a port in use is known early. What peers say before {@link #start} is
   * lost.
   */
  public static PeerNetwork open(PeerIdentity self, Start start) {
    EventLoops loops = new EventLoops("peers", 1);
    AtomicReference<PeerTransport.@Nullable Inbound> inbound = new AtomicReference<>();
    AtomicReference<@Nullable PeerNetwork> network = new AtomicReference<>();
    PeerBook book = new PeerBook(self, start.configuration());
    Runnable onChange =
        () -> {
          PeerNetwork there = network.get();
          if (there != null) {
            there.follow();
          }
        };
    PeerService service = new PeerService(self, book, onChange, inbound);
    Listener listener;
    try {
      listener =
          Listener.open(
              new Listener.Offer(
                  "peers",
                  start.listen(),
                  List.of(service.bindService()),
                  List.of(),
                  MESSAGE_BYTES_MAX),
              loops);
    } catch (RuntimeException e) {
      loops.close();
      throw e;
    }
    PeerNetwork opened =
        new PeerNetwork(self, new Sockets(loops, listener), book, start.seeds(), inbound);
    network.set(opened);
    return opened;
  }

  @Override
  public void start(PeerTransport.Inbound inbox) {
    inbound.set(inbox);
    follow();
    if (!seeds.isEmpty()) {
      introduction = new Introduction(self, seeds, sockets.loops(), this::learn);
      introduction.start(this::isConnected);
    }
  }

  /** {@code next} is in force. Never blocks; safe from any thread. */
  public void configure(Configuration next) {
    book.enter(next);
    follow();
  }

  /** Where peers come in, with the port that was really taken. */
  public HostPort listening() {
    return sockets.listener().address();
  }

  /** Where {@code node} is found; null if that is not known. */
  public @Nullable NodeAddress address(int node) {
    return book.address(node);
  }

  /** Nodes that are connected, and that the configuration does not name. */
  public List<Guest> guests() {
    return book.guests();
  }

  /** The answer to a hello of this node. */
  private void learn(Hello answer) {
    book.learn(answer);
    follow();
  }

  /** Opens and closes links, so that they lead to those who are wanted. */
  private void follow() {
    sockets.loops().timer().execute(this::followNow);
  }

  private void followNow() {
    PeerTransport.Inbound inbox = inbound.get();
    if (closed || inbox == null) {
      return;
    }
    Set<Integer> wanted = book.wanted();
    Set<Integer> unwanted = new TreeSet<>(links.keySet());
    unwanted.removeAll(wanted);
    for (int peer : unwanted) {
      Map<Lane, PeerLink> lanes = links.remove(peer);
      if (lanes != null) {
        lanes.values().forEach(PeerLink::close);
      }
    }
    for (int peer : wanted) {
      if (!links.containsKey(peer)) {
        addPeer(peer, inbox);
      }
    }
  }

  private void addPeer(int peer, PeerTransport.Inbound inbox) {
    Map<Lane, PeerLink> lanes = new EnumMap<>(Lane.class);
    for (Lane lane : Lane.values()) {
      lanes.put(
          lane,
          new PeerLink(
              new PeerLink.Destination(peer, lane),
              self,
              () -> dial(peer),
              sockets.loops().timer(),
              new LinkWatch(peer, lane, inbox)));
    }
    links.put(peer, lanes);
    lanes.values().forEach(PeerLink::open);
  }

  /** A peer that moved is looked for where it says it is. */
  private @Nullable ManagedChannel dial(int peer) {
    NodeAddress address = book.address(peer);
    return address == null ? null : sockets.loops().dial(address.peers(), MESSAGE_BYTES_MAX);
  }

  private final class LinkWatch implements PeerLink.Watch {
    private final int peer;
    private final Lane lane;
    private final PeerTransport.Inbound inbox;

    LinkWatch(int peer, Lane lane, PeerTransport.Inbound inbox) {
      this.peer = peer;
      this.lane = lane;
      this.inbox = inbox;
    }

    @Override
    public void greeted(Hello answer) {
      if (lane == Lane.CONTROL) {
        learn(answer);
        inbox.met(peer);
      }
    }

    @Override
    public void lost() {
      if (lane == Lane.CONTROL) {
        inbox.lost(peer);
      }
    }
  }

  private boolean isConnected() {
    return links.values().stream()
        .flatMap(lanes -> lanes.values().stream())
        .anyMatch(PeerLink::isGreeted);
  }

  @Override
  public ScheduledExecutorService loop() {
    return sockets.loops().timer();
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
    closed = true;
    Introduction seeking = introduction;
    if (seeking != null) {
      seeking.close();
    }
    links.values().forEach(lanes -> lanes.values().forEach(PeerLink::close));
    sockets.listener().close();
    sockets.loops().close();
  }
}
