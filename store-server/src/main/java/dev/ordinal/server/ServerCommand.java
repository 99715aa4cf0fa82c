package dev.ordinal.server;

import dev.ordinal.consensus.core.Bounds;
import dev.ordinal.consensus.core.Timing;
import dev.ordinal.consensus.driver.DriverSettings.Threading;
import dev.ordinal.consensus.driver.Halt;
import dev.ordinal.server.config.ConfigRefused;
import dev.ordinal.server.config.Place;
import dev.ordinal.server.config.ServerConfig;
import dev.ordinal.server.net.HostPort;
import dev.ordinal.server.net.NodeAddress;
import dev.ordinal.server.wiring.ExitCode;
import dev.ordinal.server.wiring.StoreServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs one replica until it is told to stop. */
@Command(
    name = ServerCommand.NAME,
    description = "Runs one replica on a formatted data directory.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
final class ServerCommand implements Callable<Integer> {
  static final String NAME = "server";
  private static final String OFF = "off";

  private static final Logger LOG = LoggerFactory.getLogger(ServerCommand.class);

  @Mixin private ClusterOptions cluster = new ClusterOptions();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Properties whose keys are these options without dashes; options win.")
  private @Nullable String config;

  @Option(
      names = "--address",
      paramLabel = "PEER/CLIENT",
      description = {
        "Where others find it: host:port for its peers, / and host:port for clients.",
        "What the members decided, unless given."
      })
  private @Nullable String address;

  @Option(
      names = "--join",
      paramLabel = "HOST:PORT,...",
      split = ",",
      description = "Some members' addresses for peers; for a node that knows none.")
  private List<String> join = List.of();

  @Option(
      names = "--listen-peers",
      paramLabel = "HOST:PORT",
      description = "Where to listen for peers, if that is not its address.")
  private @Nullable String listenPeers;

  @Option(
      names = "--listen-clients",
      paramLabel = "HOST:PORT",
      description = "Where to listen for clients, if that is not its address.")
  private @Nullable String listenClients;

  @Option(
      names = "--listen-metrics",
      paramLabel = "HOST:PORT|off",
      description = "Where to answer /metrics, /health and /ready; 200 ports above the clients.")
  private @Nullable String listenMetrics;

  @Option(
      names = "--tick-millis",
      paramLabel = "MILLIS",
      defaultValue = "10",
      description = "The unit of time.")
  private int tickMillis;

  @Option(
      names = "--heartbeat-ticks",
      paramLabel = "TICKS",
      defaultValue = "5",
      description = "Between heartbeats.")
  private int heartbeatTicks;

  @Option(
      names = "--election-ticks-min",
      paramLabel = "TICKS",
      defaultValue = "40",
      description = "Silence after which a leader counts as lost.")
  private int electionTicksMin;

  @Option(
      names = "--election-ticks-max",
      paramLabel = "TICKS",
      defaultValue = "80",
      description = "The longest silence before a follower campaigns.")
  private int electionTicksMax;

  @Option(
      names = "--retry-ticks",
      paramLabel = "TICKS",
      defaultValue = "10",
      description = "Before an unanswered request to a peer is repeated.")
  private int retryTicks;

  @Option(
      names = "--threads",
      paramLabel = "MODE",
      description = "${COMPLETION-CANDIDATES}; fused by default on one or two cores.")
  private @Nullable Threading threads;

  @Option(
      names = "--queue-commands-max",
      paramLabel = "N",
      defaultValue = "20000",
      description = "Commands that may wait to be logged.")
  private int queueCommandsMax;

  @Option(
      names = "--queue-bytes-max",
      paramLabel = "BYTES",
      defaultValue = "16777216",
      description = "Their bytes.")
  private long queueBytesMax;

  @Option(
      names = "--stream-credit",
      paramLabel = "N",
      defaultValue = "2048",
      description = "Transactions that may be unanswered on one stream.")
  private int streamCredit;

  @Option(
      names = "--read-threads",
      paramLabel = "N",
      defaultValue = "2",
      description = "For long reads.")
  private int readThreads;

  @Option(
      names = "--read-queue-max",
      paramLabel = "N",
      defaultValue = "1024",
      description = "Reads that may wait for a thread.")
  private int readQueueMax;

  @Option(
      names = "--subscribers-max",
      paramLabel = "N",
      defaultValue = "1024",
      description = "Subscriptions at a time.")
  private int subscribersMax;

  @Override
  public Integer call() throws InterruptedException {
    if (config != null) {
      LOG.info("configured by {}", config);
    }
    StoreServer server = StoreServer.start(config(), ServerCommand::halt);
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  server.close();
                  LOG.info("stopped");
                  Runtime.getRuntime().halt(ExitCode.OK.code());
                },
                "stop"));
    stopped.await();
    return ExitCode.OK.code();
  }

  /** No shutdown hook may write any more. */
  private static void halt(Halt.Reason reason, Throwable failure) {
    Runtime.getRuntime().halt(ExitCode.of(failure).code());
  }

  private ServerConfig config() {
    try {
      return new ServerConfig(
          new ServerConfig.Node(cluster.dir(), cluster.node(), cluster.cluster()),
          place(),
          driving(),
          cluster.profile(),
          new ServerConfig.Door(streamCredit, readThreads, readQueueMax, subscribersMax));
    } catch (IllegalArgumentException e) {
      throw new ConfigRefused(e.getMessage());
    }
  }

  private Place place() {
    return new Place(
        address == null ? null : NodeAddress.parse(address),
        listenPeers == null ? null : HostPort.parse(listenPeers),
        listenClients == null ? null : HostPort.parse(listenClients),
        metrics(),
        join.stream().map(HostPort::parse).toList());
  }

  private Place.Metrics metrics() {
    if (listenMetrics == null) {
      return new Place.Metrics.BesideClients();
    }
    return listenMetrics.equals(OFF)
        ? new Place.Metrics.Nowhere()
        : new Place.Metrics.At(HostPort.parse(listenMetrics));
  }

  private ServerConfig.Driving driving() {
    return new ServerConfig.Driving(
        Duration.ofMillis(tickMillis),
        new Timing(heartbeatTicks, electionTicksMin, electionTicksMax, retryTicks),
        new Bounds(queueCommandsMax, queueBytesMax),
        threads == null ? ServerConfig.Driving.DEFAULT.threading() : threads);
  }
}
