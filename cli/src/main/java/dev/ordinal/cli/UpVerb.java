package dev.ordinal.cli;

import dev.ordinal.local.Launcher;
import dev.ordinal.local.LocalCluster;
import dev.ordinal.local.Ports;
import dev.ordinal.local.ReplicaProcess;
import dev.ordinal.local.Supervisor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ordinal up}: a local cluster that stays up until it is interrupted. */
@Command(
    name = "up",
    mixinStandardHelpOptions = true,
    description = "Runs a local cluster until interrupted; what ends is started again.")
public final class UpVerb implements Callable<Integer> {
  private static final int REPLICAS_MAX = 7;
  private static final int PEER_PORT_OFFSET = 100;
  private static final int METRICS_PORT_OFFSET = 200;

  @Option(
      names = "--replicas",
      defaultValue = "3",
      paramLabel = "N",
      description = "1 to 7 (default: ${DEFAULT-VALUE}).")
  private int replicas;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "7411",
      description = {
        "The first replica's port for clients, the others follow (default: ${DEFAULT-VALUE}).",
        "Peers use the ports 100 above, metrics those 200 above."
      })
  private int port;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = ".ordinal/up",
      description = "Where the data is kept, also for the next time (default: ${DEFAULT-VALUE}).")
  private Path data = Path.of("");

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (replicas < 1 || replicas > REPLICAS_MAX) {
      throw new IllegalArgumentException(
          "--replicas must be 1 to %d, was %d".formatted(REPLICAS_MAX, replicas));
    }
    Files.createDirectories(data);
    LocalCluster.Layout layout =
        new LocalCluster.Layout(
            data.toAbsolutePath(),
            Ports.from(port, replicas),
            Ports.from(port + PEER_PORT_OFFSET, replicas),
            Ports.from(port + METRICS_PORT_OFFSET, replicas));
    Supervisor supervisor = new Supervisor(UpVerb::say);
    try (LocalCluster cluster = LocalCluster.start(Launcher.ofThisProgram(), layout, false)) {
      stopOnSignal(cluster, supervisor);
      cluster.replicas().forEach(supervisor::watch);
      announce(cluster);
      new CountDownLatch(1).await();
      return ExitCode.OK.code();
    } finally {
      supervisor.close();
    }
  }

  private static void say(String line) {
    System.err.println(line);
  }

  /** Being told to end is how it ends: that is no failure. */
  private static void stopOnSignal(LocalCluster cluster, Supervisor supervisor) {
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .unstarted(() -> {
                  supervisor.close();
                  cluster.close();
                  Runtime.getRuntime().halt(ExitCode.OK.code());
                }));
  }

  private void announce(LocalCluster cluster) {
    for (ReplicaProcess replica : cluster.replicas()) {
      System.out.printf(
          "node %d  %s  metrics http://%s/metrics  pid %d  log %s%n",
          replica.node(),
          cluster.addresses().get(replica.node() - 1),
          cluster.metricsAddress(replica.node()),
          replica.pid(),
          replica.output());
    }
    System.out.println(firstSteps(cluster.addresses()));
    System.out.println("end with Ctrl-C; the data stays in " + data);
  }

  /** What to type next: verbs find the usual addresses by themselves, others they must be told. */
  static String firstSteps(List<String> addresses) {
    List<String> usual = List.of(StoreAddresses.OF_UP.split(","));
    String telling =
        Collections.disjoint(usual, addresses)
            ? "  export %s=%s%n".formatted(StoreAddresses.VARIABLE, String.join(",", addresses))
            : "";
    return "%nready; try:%n%s  ./ordinal put hello world%n  ./ordinal status".formatted(telling);
  }
}
