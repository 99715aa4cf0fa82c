package dev.ordinal.local;

import dev.ordinal.client.Consistency;
import dev.ordinal.client.OrdinalClient;
import dev.ordinal.client.OrdinalException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Replicas 1 to N on loopback, each a process with a directory and three ports of its own. */
public final class LocalCluster implements AutoCloseable {
  private static final Duration READY_MAX = Duration.ofSeconds(60);
  private static final Duration LOOK = Duration.ofSeconds(2);

  private final Launcher launcher;
  private final Layout layout;
  private final List<ReplicaProcess> replicas;
  private final boolean temporary;

  private LocalCluster(
      Launcher launcher, Layout layout, List<ReplicaProcess> replicas, boolean temporary) {
    this.launcher = launcher;
    this.layout = layout;
    this.replicas = replicas;
    this.temporary = temporary;
  }

  /**
   * Where everything lies.
   *
   * @param data a folder for each node: {@code node-1}, {@code node-2}, …
   * @param clientPorts one for each node, in order
   * @param peerPorts one for each node, in order
   * @param metricsPorts one for each node, in order
   */
  public record Layout(
      Path data, List<Integer> clientPorts, List<Integer> peerPorts, List<Integer> metricsPorts) {
    public Layout {
      clientPorts = List.copyOf(clientPorts);
      peerPorts = List.copyOf(peerPorts);
      metricsPorts = List.copyOf(metricsPorts);
      if (clientPorts.isEmpty()
          || clientPorts.size() != peerPorts.size()
          || clientPorts.size() != metricsPorts.size()) {
        throw new IllegalArgumentException(
            "each node has a port for clients, for peers and for metrics: %s, %s, %s"
                .formatted(clientPorts, peerPorts, metricsPorts));
      }
    }

    /** {@code nodes} nodes on ports that are free now. */
    public static Layout onFreePorts(Path data, int nodes) {
      List<Integer> ports = Ports.free(3 * nodes);
      return new Layout(
          data,
          ports.subList(0, nodes),
          ports.subList(nodes, 2 * nodes),
          ports.subList(2 * nodes, 3 * nodes));
    }

    int nodes() {
      return clientPorts.size();
    }

    private void requireFreePorts() {
      Stream.of(clientPorts, peerPorts, metricsPorts)
          .flatMap(List::stream)
          .filter(port -> !Ports.isFree(port))
          .forEach(port -> {
            throw new IllegalArgumentException(
                "port %d of 127.0.0.1 is in use; end what listens there, or choose other ports"
                    .formatted(port));
          });
    }

    Path directory(int node) {
      return data.resolve("node-" + node);
    }

    /** Who a node is, in the words of the verbs {@code format} and {@code server}. */
    List<String> arguments(int node) {
      return List.of("--dir", directory(node).toString(), "--node", Integer.toString(node));
    }

    private String metricsAddress(int node) {
      return "127.0.0.1:" + metricsPorts.get(node - 1);
    }

    /** {@code 1=127.0.0.1:7511/127.0.0.1:7411,…}: the peer door and the client door of each. */
    String members() {
      return IntStream.range(0, nodes())
          .mapToObj(i ->
              "%d=127.0.0.1:%d/127.0.0.1:%d".formatted(i + 1, peerPorts.get(i), clientPorts.get(i)))
          .collect(Collectors.joining(","));
    }
  }

  /**
   * Starts a new cluster on free ports, and waits until it has a leader.
   *
   * @param data its folder, empty or not there yet; null: a temporary one that {@link #close}
   *     deletes
   */
  public static LocalCluster start(int nodes, @Nullable Path data) throws InterruptedException {
    Path folder = data == null ? temporaryFolder() : data;
    return start(Launcher.ofThisProgram(), Layout.onFreePorts(folder, nodes), data == null);
  }

  /**
   * As {@link #start(int, Path)}, with everything said; formats what is not formatted.
   *
   * @throws IllegalArgumentException if somebody listens on one of the ports: whoever asked there
   *     would be answered by a stranger
   * @throws ReplicaEnded if a replica does not stay up
   */
  public static LocalCluster start(Launcher launcher, Layout layout, boolean temporary)
      throws InterruptedException {
    layout.requireFreePorts();
    List<ReplicaProcess> replicas = new ArrayList<>();
    LocalCluster cluster = new LocalCluster(launcher, layout, replicas, temporary);
    try {
      Formatting.formatNew(launcher, layout);
      for (int node = 1; node <= layout.nodes(); node++) {
        List<String> arguments = new ArrayList<>(List.of("server"));
        arguments.addAll(layout.arguments(node));
        arguments.addAll(List.of("--listen-metrics", layout.metricsAddress(node)));
        ReplicaProcess replica =
            new ReplicaProcess(
                node, launcher.command(arguments), layout.data().resolve("node-" + node + ".log"));
        replicas.add(replica);
        replica.start();
      }
      cluster.awaitLeader();
      return cluster;
    } catch (RuntimeException | InterruptedException | Error failed) {
      cluster.close();
      throw failed;
    }
  }

  /** The client door of each replica, in order of nodes. */
  public List<String> addresses() {
    return layout.clientPorts.stream().map(port -> "127.0.0.1:" + port).toList();
  }

  /** Where replica {@code node} answers {@code /metrics}, {@code /health} and {@code /ready}. */
  public String metricsAddress(int node) {
    return layout.metricsAddress(replica(node).node());
  }

  public List<ReplicaProcess> replicas() {
    return List.copyOf(replicas);
  }

  /** Throws {@link IllegalArgumentException} if there is no such node. */
  public ReplicaProcess replica(int node) {
    if (node < 1 || node > replicas.size()) {
      throw new IllegalArgumentException(
          "node must be 1 to %d, was %d".formatted(replicas.size(), node));
    }
    return replicas.get(node - 1);
  }

  /**
   * Formats and starts one more replica, under the next free number, that waits to be made a
   * member.
   *
   * @param cluster the identity of this cluster, as a list of its members says it
   */
  public ReplicaProcess join(String cluster) throws InterruptedException {
    int node = replicas.size() + 1;
    List<Integer> ports = Ports.free(2);
    String address = "127.0.0.1:%d/127.0.0.1:%d".formatted(ports.get(0), ports.get(1));
    String seeds =
        layout.peerPorts.stream().map(port -> "127.0.0.1:" + port).collect(Collectors.joining(","));
    Formatting.formatNewcomer(launcher, layout, node, cluster);
    List<String> arguments = new ArrayList<>(List.of("server", "--address", address));
    arguments.addAll(List.of("--join", seeds));
    arguments.addAll(layout.arguments(node));
    ReplicaProcess replica =
        new ReplicaProcess(
            node, launcher.command(arguments), layout.data().resolve("node-" + node + ".log"));
    replicas.add(replica);
    replica.start();
    return replica;
  }

  /** Waits until a linearizable read is answered; throws {@link IllegalStateException} if not. */
  public void awaitLeader() throws InterruptedException {
    long until = System.nanoTime() + READY_MAX.toNanos();
    try (OrdinalClient client =
        OrdinalClient.builder(addresses()).name("local-cluster").readTimeout(LOOK).connect()) {
      while (!answers(client)) {
        checkAlive();
        if (System.nanoTime() > until) {
          throw new IllegalStateException(
              "no leader within %d s; see %s"
                  .formatted(READY_MAX.toSeconds(), replicas.getFirst().output()));
        }
        TimeUnit.MILLISECONDS.sleep(20);
      }
    }
  }

  /** Stops every replica that runs, and deletes a temporary folder. */
  @Override
  public void close() {
    List<Thread> stopping =
        replicas.stream()
            .filter(ReplicaProcess::isRunning)
            .map(replica -> Thread.ofVirtual().start(replica::stop))
            .toList();
    boolean interrupted = false;
    for (Thread stop : stopping) {
      try {
        stop.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (temporary) {
      delete(layout.data);
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean answers(OrdinalClient client) {
    try {
      client.snapshot(Consistency.linearizable()).order();
      return true;
    } catch (OrdinalException notYet) {
      return false;
    }
  }

  private void checkAlive() {
    for (ReplicaProcess replica : replicas) {
      if (!replica.isRunning()) {
        throw new ReplicaEnded(
            replica.node(), replica.onExit().join(), lastLine(replica.output()), replica.output());
      }
    }
  }

  private static String lastLine(Path output) {
    try {
      return Files.readAllLines(output).stream()
          .filter(line -> !line.isBlank())
          .reduce((_, later) -> later)
          .orElse("it said nothing");
    } catch (IOException e) {
      return "its output cannot be read: " + e;
    }
  }

  private static Path temporaryFolder() {
    try {
      return Files.createTempDirectory("ordinal-");
    } catch (IOException e) {
      throw new UncheckedIOException("no temporary folder for the replicas", e);
    }
  }

  private static void delete(Path folder) {
    try {
      Files.walkFileTree(
          folder,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              Files.delete(file);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path dir, @Nullable IOException failure)
                throws IOException {
              Files.delete(dir);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + folder, e);
    }
  }
}
