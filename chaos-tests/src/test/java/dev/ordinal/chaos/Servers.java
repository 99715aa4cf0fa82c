package dev.ordinal.chaos;

import static org.awaitility.Awaitility.await;

import dev.ordinal.client.OrderId;
import dev.ordinal.client.OrdinalClient;
import dev.ordinal.client.OrdinalException;
import dev.ordinal.client.ReplicaStatus;
import dev.ordinal.local.Launcher;
import dev.ordinal.local.LocalCluster;
import dev.ordinal.server.ServerMain;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Three replicas, each a process of its own, started from the classes under test. */
final class Servers {
  /** As the launcher's, but for a compiler that is quick to start. */
  private static final List<String> JVM_OPTIONS =
      List.of(
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow",
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-Xmx192m");

  private static final int NODES = 3;

  private Servers() {}

  static Launcher launcher() {
    return Launcher.ofThisJvm(ServerMain.class.getName(), JVM_OPTIONS);
  }

  static LocalCluster start(Path folder) throws InterruptedException {
    return LocalCluster.start(launcher(), LocalCluster.Layout.onFreePorts(folder, NODES), false);
  }

  /** Waits until one of them says that it leads, and names it. */
  static int awaitLeader(OrdinalClient client) {
    return await("a leader")
        .atMost(Duration.ofMinutes(1))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> leader(client), node -> node != 0);
  }

  /** Waits until the replica at {@code address} has applied {@code order}. */
  static void awaitOrder(OrdinalClient client, String address, OrderId order) {
    await(address + " to reach order ID " + order)
        .atMost(Duration.ofMinutes(1))
        .ignoreException(OrdinalException.class)
        .until(() -> !client.status(address).current().isBefore(order));
  }

  /** The node that says it leads, 0 for none. */
  private static int leader(OrdinalClient client) {
    for (String address : client.addresses()) {
      try {
        ReplicaStatus status = client.status(address);
        if (status.role() == ReplicaStatus.Role.LEADER) {
          return status.node();
        }
      } catch (OrdinalException silent) {
        // It is dead or starts: ask the next.
      }
    }
    return 0;
  }
}
