package dev.ordinal.server.wiring;

import dev.ordinal.consensus.core.Observation;
import dev.ordinal.consensus.driver.Answers;
import dev.ordinal.consensus.driver.Applier;
import dev.ordinal.consensus.driver.Halt;
import dev.ordinal.consensus.driver.Member;
import dev.ordinal.consensus.driver.ReplicaDriver;
import dev.ordinal.consensus.driver.Surroundings;
import dev.ordinal.consensus.log.Identity;
import dev.ordinal.consensus.quorum.Configuration;
import dev.ordinal.server.clock.Pace;
import dev.ordinal.server.clock.TimeKeeper;
import dev.ordinal.server.config.Members;
import dev.ordinal.server.config.Place;
import dev.ordinal.server.config.Profile;
import dev.ordinal.server.config.ServerConfig;
import dev.ordinal.server.metrics.MetricsEndpoint;
import dev.ordinal.server.metrics.Served;
import dev.ordinal.server.metrics.ServerMetrics;
import dev.ordinal.server.net.EventLoops;
import dev.ordinal.server.net.HostPort;
import dev.ordinal.server.net.Listener;
import dev.ordinal.server.net.NodeAddress;
import dev.ordinal.server.peer.PeerIdentity;
import dev.ordinal.server.peer.PeerNetwork;
import dev.ordinal.server.replica.StoreReplica;
import dev.ordinal.server.rpc.AdminFacts;
import dev.ordinal.server.rpc.AdminService;
import dev.ordinal.server.rpc.FeedThread;
import dev.ordinal.server.rpc.LeaseService;
import dev.ordinal.server.rpc.ReadPool;
import dev.ordinal.server.rpc.ReplicaFacts;
import dev.ordinal.server.rpc.StoreService;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One replica process, top to bottom: state, log, peers, consensus, the door. */
public final class StoreServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StoreServer.class);

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
  private final Place.Doors doors;
  private final EventLoops loops;
  private final PeerNetwork peers;
  private final StoreReplica replica;
  private final Listener door;

  /**
   * Starts a server on a formatted directory.
   *
   * @param halt ends the process when it cannot go on safely
   * @throws RuntimeException if it cannot start; {@link ExitCode#of} knows what to say of it
   */
  public static StoreServer start(ServerConfig config, Halt halt) {
    return new StoreServer(config, halt);
  }

  /** Makes {@code dir} the directory of one of the first {@code members} of a new cluster. */
  public static void format(Path dir, UUID cluster, int node, Members members, Profile profile) {
    DataFolder.format(dir, cluster, node, members, profile);
  }

  /** Makes {@code dir} the directory of a node that joins a cluster that is there. */
  public static void formatNewcomer(Path dir, UUID cluster, int node, Profile profile) {
    DataFolder.formatNewcomer(dir, cluster, node, profile);
  }

  /**
   * Puts an empty state in the place of a damaged one; the next start fills it from the log.
   * Answers where the damaged one lies; see {@link DataFolder#rebuildState}.
   */
  public static Path rebuildState(ServerConfig.Node node) {
    return DataFolder.rebuildState(node);
  }

  private StoreServer(ServerConfig config, Halt halt) {
    this.config = config;
    this.halt = halt;
    try {
      folder = opened(DataFolder.open(config.node(), config.profile().memory(), this::failed));
      doors = config.place().doors(configuredAddress());
      metrics = opened(new ServerMetrics());
      endpoint = endpoint(doors.metrics());
      loops = opened(new EventLoops("clients", doorThreads()));
      StoreService.Means means = means();
      peers = opened(peers());
      replica = opened(startReplica());
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

  /** Where the configuration in the log says that this node is; null if it does not. */
  private @Nullable NodeAddress configuredAddress() {
    Configuration.Member self = configuration().member(config.node().number());
    return self == null ? null : NodeAddress.parseOrNull(self.address());
  }

  private Configuration configuration() {
    return folder.image().stretch().configuration();
  }

  private PeerNetwork peers() {
    Identity owner = folder.identity();
    PeerIdentity.Disk disk =
        new PeerIdentity.Disk(
            owner.incarnation(),
            folder.log().boot(),
            folder.profile().name().toLowerCase(Locale.ROOT));
    PeerIdentity identity =
        new PeerIdentity(
            owner.clusterId(), owner.historyId(), config.node().number(), disk, doors.address());
    return PeerNetwork.open(
        identity, new PeerNetwork.Start(doors.peers(), configuration(), config.place().join()));
  }

  private StoreReplica startReplica() {
    Member member =
        new Member(config.node().number(), folder.identity().disk(), config.driving().settings());
    return new StoreReplica(
        folder.journal(),
        metrics::applied,
        (applier, answers) ->
            ReplicaDriver.start(
                member, folder.image(), surroundings(applier, answers), config.driving().driver()));
  }

  private Surroundings surroundings(Applier applier, Answers answers) {
    return new Surroundings(
        metrics.timed(folder.log()), peers, applier, answers, this::observed, halt);
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
            peers::address,
            folder.log()::figures,
            leaderChanges::get);
    StoreService service = new StoreService(replica, facts, means);
    AdminService admin = new AdminService(replica, facts, adminFacts(), means);
    return Listener.open(
        new Listener.Offer(
            "clients",
            doors.clients(),
            List.of(
                service.bindService(),
                new LeaseService(replica, facts, means).bindService(),
                admin.bindService(),
                health.getHealthService().bindService(),
                ProtoReflectionServiceV1.newInstance().bindService()),
            List.of(),
            REQUEST_BYTES_MAX),
        loops);
  }

  private AdminFacts adminFacts() {
    ServerConfig.Driving driving = config.driving();
    return new AdminFacts(
        folder.identity().clusterId(),
        peers::guests,
        new AdminFacts.Readiness(
            driving.tick(),
            driving.timing().electionTicksMax(),
            driving.settings().window().countMax()));
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
    if (observation instanceof Observation.ConfigurationChanged(Configuration now, boolean _)) {
      peers.configure(now);
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
