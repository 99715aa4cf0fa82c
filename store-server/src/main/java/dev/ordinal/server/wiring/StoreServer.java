package dev.ordinal.server.wiring;

import dev.ordinal.consensus.core.Observation;
import dev.ordinal.consensus.driver.Answers;
import dev.ordinal.consensus.driver.Applier;
import dev.ordinal.consensus.driver.Halt;
import dev.ordinal.consensus.driver.Member;
import dev.ordinal.consensus.driver.ReplicaDriver;
import dev.ordinal.consensus.driver.Surroundings;
import dev.ordinal.consensus.log.Identity;
import dev.ordinal.server.clock.Pace;
import dev.ordinal.server.clock.TimeKeeper;
import dev.ordinal.server.config.Profile;
import dev.ordinal.server.config.ServerConfig;
import dev.ordinal.server.metrics.MetricsEndpoint;
import dev.ordinal.server.metrics.Served;
import dev.ordinal.server.metrics.ServerMetrics;
import dev.ordinal.server.net.EventLoops;
import dev.ordinal.server.net.HostPort;
import dev.ordinal.server.net.Listener;
import dev.ordinal.server.peer.PeerIdentity;
import dev.ordinal.server.peer.PeerNetwork;
import dev.ordinal.server.replica.StoreReplica;
import dev.ordinal.server.rpc.FeedThread;
import dev.ordinal.server.rpc.ReadPool;
import dev.ordinal.server.rpc.ReplicaFacts;
import dev.ordinal.server.rpc.StoreService;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One replica process, top to bottom: state, log, peers, consensus, the door. */
public final class StoreServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StoreServer.class);

  /** The first configuration; membership is fixed so far. */
  private static final long CONFIGURATION = 1;

  /** A full frame of transactions at their limit, and some. */
  private static final int REQUEST_BYTES_MAX = 16 << 20;

  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  /** Serving from the first call on, leader or not; ends before the door does. */
  private final HealthStatusManager health = new HealthStatusManager();

  private final AtomicLong leaderChanges = new AtomicLong();
  private final ServerConfig config;
  private final Halt halt;
  private final DataFolder folder;
  private final ServerMetrics metrics;
  private final @Nullable MetricsEndpoint endpoint;
  private final EventLoops loops;
  private final SnapshotExchange snapshots;
  private final StoreReplica replica;
  private final Listener door;

  /**
   * Starts a server on a formatted directory.
   *
   * @param halt ends the process when it cannot go on safely
   * @param staged told, on another thread, that a start would install a snapshot
   * @throws RuntimeException if it cannot start; {@link ExitCode#of} knows what to say of it
   */
  public static StoreServer start(ServerConfig config, Halt halt, Runnable staged) {
    return new StoreServer(config, halt, staged);
  }

  /** Makes {@code dir} the directory of a new node; see {@link DataFolder#format}. */
  public static void format(
      Path dir, UUID cluster, int node, List<Integer> members, Profile profile) {
    DataFolder.format(dir, cluster, node, members, profile);
  }

  /**
   * Puts an empty state in the place of a damaged one; the next start fills it from the log.
   * Answers where the damaged one lies; see {@link DataFolder#rebuildState}.
   */
  public static Path rebuildState(ServerConfig.Node node) {
    return DataFolder.rebuildState(node);
  }

  private StoreServer(ServerConfig config, Halt halt, Runnable staged) {
    this.config = config;
    this.halt = halt;
    try {
      folder = opened(DataFolder.open(config.node(), config.profile().memory(), this::failed));
      metrics = opened(new ServerMetrics());
      endpoint = endpoint(config.listeners().metrics());
      loops = opened(new EventLoops("clients", doorThreads()));
      StoreService.Means means = means();
      PeerIdentity identity = identity();
      snapshots = opened(new SnapshotExchange(folder, identity, config, staged));
      PeerNetwork peers = opened(peers(identity));
      replica = opened(replica(peers));
      serveMetrics();
      open.push(new TimeKeeper(replica, loops.timer(), Pace.DEFAULT, System::nanoTime));
      door = opened(door(means));
    } catch (RuntimeException e) {
      closeAll();
      throw e;
    }
    LOG.atInfo()
        .addKeyValue("node", config.node().number())
        .addKeyValue("cluster", folder.identity().clusterId())
        .addKeyValue("order", folder.journal().head().order().order())
        .log("serving");
  }

  /** Open before the log is replayed, which takes its time: this process is alive meanwhile. */
  private @Nullable MetricsEndpoint endpoint(@Nullable HostPort address) {
    return address == null ? null : opened(MetricsEndpoint.open(address, metrics));
  }

  private void serveMetrics() {
    metrics.serve(
        new Served(
            replica, folder.log(), leaderChanges::get, config.driving().tick(), folder.parts()));
    open.push(metrics::stop);
  }

  private PeerIdentity identity() {
    int self = config.node().number();
    Identity owner = folder.identity();
    PeerIdentity.Disk disk = new PeerIdentity.Disk(owner.incarnation(), folder.log().boot());
    return new PeerIdentity(owner.clusterId(), owner.historyId(), CONFIGURATION, self, disk);
  }

  private PeerNetwork peers(PeerIdentity identity) {
    int self = config.node().number();
    return PeerNetwork.open(
        identity,
        config.listeners().peers(),
        config.node().members().peersOf(self),
        snapshots.service());
  }

  private StoreReplica replica(PeerNetwork peers) {
    Member member =
        new Member(config.node().number(), folder.identity().disk(), config.driving().settings());
    return new StoreReplica(
        folder.journal(),
        metrics::applied,
        (applier, answers) ->
            ReplicaDriver.start(
                member,
                folder.image(),
                surroundings(peers, applier, answers),
                config.driving().driver()));
  }

  private Surroundings surroundings(PeerNetwork peers, Applier applier, Answers answers) {
    return new Surroundings(
        metrics.timed(folder.log()), peers, applier, snapshots, answers, this::observed, halt);
  }

  /** Opened before the replica, which answers through them until it is closed. */
  private StoreService.Means means() {
    ServerConfig.Door limits = config.door();
    ReadPool pool = opened(new ReadPool(limits.readThreads(), limits.readQueueMax()));
    FeedThread feed = opened(new FeedThread(limits.subscribersMax(), this::failed));
    return new StoreService.Means(pool, feed, loops.timer(), limits.streamCredit(), this::failed);
  }

  private Listener door(StoreService.Means means) {
    ReplicaFacts facts =
        new ReplicaFacts(
            config.node().number(),
            DataFolder.bits(folder.identity().clusterId()),
            config.node().members(),
            folder.log(),
            leaderChanges::get);
    StoreService service = new StoreService(replica, facts, means);
    return Listener.open(
        new Listener.Offer(
            "clients",
            config.listeners().clients(),
            List.of(
                service.bindService(),
                health.getHealthService().bindService(),
                ProtoReflectionServiceV1.newInstance().bindService()),
            List.of(),
            REQUEST_BYTES_MAX),
        loops);
  }

  private static int doorThreads() {
    return Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
  }

  /** Where clients reach it. */
  public HostPort address() {
    return door.address();
  }

  /** Where metrics are; null: nowhere. */
  public @Nullable HostPort metricsAddress() {
    return endpoint == null ? null : endpoint.address();
  }

  /** What consensus and the journal do here: for tests that look inside. */
  public StoreReplica replica() {
    return replica;
  }

  private void observed(Observation observation) {
    metrics.observed(observation);
    if (observation instanceof Observation.LeaderChanged(int node) && node != 0) {
      leaderChanges.incrementAndGet();
    }
  }

  private void failed(Throwable failure) {
    LOG.atError().setCause(failure).log("this replica cannot go on");
    halt.halt(Halt.Reason.STORAGE, failure);
  }

  private <T extends AutoCloseable> T opened(T resource) {
    open.push(resource);
    return resource;
  }

  /** Takes no new calls, answers what is under way, flushes, and closes. */
  @Override
  public void close() {
    health.enterTerminalState();
    metrics.stop();
    door.drain();
    closeAll();
  }

  private void closeAll() {
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (Exception e) {
        LOG.atWarn().setCause(e).log("could not close everything");
      }
    }
  }
}
