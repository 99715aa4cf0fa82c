package dev.ordinal.server.testing;

import static org.awaitility.Awaitility.await;

import dev.ordinal.proto.store.v1.StatusReply;
import dev.ordinal.proto.store.v1.StatusRequest;
import dev.ordinal.proto.store.v1.StoreGrpc;
import dev.ordinal.server.config.Members;
import dev.ordinal.server.config.Place;
import dev.ordinal.server.config.Profile;
import dev.ordinal.server.config.ServerConfig;
import dev.ordinal.server.net.HostPort;
import dev.ordinal.server.net.NodeAddress;
import dev.ordinal.server.wiring.StoreServer;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/**
 * Replicas in this process, with real RocksDB under a folder and real gRPC on loopback. {@link
 * #stop} is a graceful stop; what a killed process does is for tests with real processes.
 */
public final class TestCluster implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int PORT_MIN = 10_000;
  private static final int PORT_MAX = 32_768;

  private final Path folder;
  private final UUID id = UUID.randomUUID();
  private final Members members;
  private final UnaryOperator<ServerConfig> tuning;
  private final Map<Integer, StoreServer> servers = new TreeMap<>();
  private final Map<Integer, ManagedChannel> channels = new TreeMap<>();
  private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();

  private TestCluster(Path folder, Members members, UnaryOperator<ServerConfig> tuning) {
    this.folder = folder;
    this.members = members;
    this.tuning = tuning;
  }

  /** Formats and starts replicas 1 to {@code replicas}, and waits until one leads. */
  public static TestCluster start(Path folder, int replicas) {
    return start(folder, replicas, UnaryOperator.identity());
  }

  /** As {@link #start(Path, int)}, with replicas that are configured otherwise. */
  public static TestCluster start(Path folder, int replicas, UnaryOperator<ServerConfig> tuning) {
    TestCluster cluster = new TestCluster(folder, loopback(replicas), tuning);
    for (int node : cluster.members.nodes()) {
      StoreServer.format(cluster.dir(node), cluster.id, node, cluster.members, Profile.SMALL);
      cluster.start(node);
    }
    int _ = cluster.awaitLeader();
    return cluster;
  }

  /**
   * Members 1 to {@code count} on ports of loopback that were free a moment ago, and that the
   * system gives to no outgoing connection.
   */
  public static Members loopback(int count) {
    Map<Integer, NodeAddress> members = new TreeMap<>();
    List<Integer> ports = freePorts(2 * count);
    for (int node = 1; node <= count; node++) {
      members.put(
          node,
          new NodeAddress(
              new HostPort("127.0.0.1", ports.get(2 * node - 2)),
              new HostPort("127.0.0.1", ports.get(2 * node - 1))));
    }
    return new Members(members);
  }

  private static List<Integer> freePorts(int count) {
    Set<Integer> ports = new LinkedHashSet<>();
    while (ports.size() < count) {
      int port = ThreadLocalRandom.current().nextInt(PORT_MIN, PORT_MAX);
      if (isFree(port)) {
        ports.add(port);
      }
    }
    return List.copyOf(ports);
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException taken) {
      return false;
    }
  }

  /** How replica {@code node} is started. */
  public ServerConfig config(int node) {
    return tuning.apply(
        new ServerConfig(
            new ServerConfig.Node(dir(node), node, id),
            Place.asConfigured(new Place.Metrics.At(new HostPort("127.0.0.1", 0))),
            ServerConfig.Driving.DEFAULT,
            Profile.SMALL,
            ServerConfig.Door.DEFAULT));
  }

  public Members members() {
    return members;
  }

  public Path dir(int node) {
    return folder.resolve("node-" + node);
  }

  /** The client addresses of all replicas, {@code host:port}. */
  public List<String> addresses() {
    return members.byNode().values().stream().map(member -> member.clients().toString()).toList();
  }

  public void start(int node) {
    servers.put(node, StoreServer.start(config(node), (_, failure) -> failures.add(failure)));
  }

  /** Stops replica {@code node}; {@link #start(int)} brings it back. */
  public void stop(int node) {
    StoreServer server = servers.remove(node);
    if (server == null) {
      throw new IllegalArgumentException("node %d does not run".formatted(node));
    }
    server.close();
  }

  public StoreServer server(int node) {
    StoreServer server = servers.get(node);
    if (server == null) {
      throw new IllegalArgumentException("node %d does not run".formatted(node));
    }
    return server;
  }

  public ManagedChannel channel(int node) {
    return channels.computeIfAbsent(
        node,
        _ -> {
          HostPort address = members.member(node).clients();
          return NettyChannelBuilder.forAddress(address.host(), address.port())
              .usePlaintext()
              .disableRetry()
              .build();
        });
  }

  public StoreGrpc.StoreBlockingStub stub(int node) {
    return StoreGrpc.newBlockingStub(channel(node)).withDeadlineAfter(10, TimeUnit.SECONDS);
  }

  public StatusReply status(int node) {
    return stub(node).withWaitForReady().status(StatusRequest.getDefaultInstance());
  }

  /** The node that leads, once all running replicas agree on it and it is ready to serve. */
  public int awaitLeader() {
    int[] leader = {0};
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(10))
        .until(() -> {
          leader[0] = agreedLeader();
          return leader[0] != 0;
        });
    return leader[0];
  }

  private int agreedLeader() {
    requireHealthy();
    int agreed = 0;
    for (int node : servers.keySet()) {
      int seen = leaderSeenBy(node);
      if (seen == 0 || (agreed != 0 && agreed != seen)) {
        return 0;
      }
      agreed = seen;
    }
    return servers.containsKey(agreed) && isLeading(agreed) ? agreed : 0;
  }

  private int leaderSeenBy(int node) {
    try {
      return status(node).getLeader().getNode();
    } catch (StatusRuntimeException e) {
      return 0;
    }
  }

  private boolean isLeading(int node) {
    return status(node).getRole() == StatusReply.Role.LEADER;
  }

  /** A node that does not lead. */
  public int aFollower() {
    int leader = awaitLeader();
    return servers.keySet().stream().filter(node -> node != leader).findFirst().orElseThrow();
  }

  /** Throws if a replica had to give up. */
  public void requireHealthy() {
    Throwable failure = failures.peek();
    if (failure != null) {
      throw new AssertionError("a replica halted", failure);
    }
  }

  @Override
  public void close() {
    channels.values().forEach(ManagedChannel::shutdownNow);
    servers.values().forEach(StoreServer::close);
    requireHealthy();
  }
}
