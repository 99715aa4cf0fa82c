package dev.ordinal.server.config;

import dev.ordinal.consensus.core.Bounds;
import dev.ordinal.consensus.core.Settings;
import dev.ordinal.consensus.core.Timing;
import dev.ordinal.consensus.driver.DriverSettings;
import dev.ordinal.server.net.HostPort;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * All that a server is told when it starts.
 *
 * @param node who it is
 * @param listeners where it listens
 * @param driving time and threads of consensus
 */
public record ServerConfig(
    Node node, Listeners listeners, Driving driving, Profile profile, Door door) {
  /**
   * Who a server is, as the operator believes; the data directory has the last word.
   *
   * @param cluster null: whatever the directory belongs to
   */
  public record Node(Path dir, int number, @Nullable UUID cluster, Members members) {
    public Node {
      Members.Member _ = members.member(number);
    }

    /** Where the other members and the clients look for this one. */
    public Listeners listeners() {
      Members.Member self = members.member(number);
      return new Listeners(self.peers(), self.clients(), null);
    }
  }

  /**
   * What this process binds to.
   *
   * @param metrics null: nowhere
   */
  public record Listeners(HostPort peers, HostPort clients, @Nullable HostPort metrics) {
    /** Unless told otherwise, metrics are so many ports above the clients. */
    private static final int METRICS_OFFSET = 200;

    /** With metrics at {@code chosen}; null: nowhere. */
    public Listeners withMetrics(@Nullable HostPort chosen) {
      return new Listeners(peers, clients, chosen);
    }

    /** With metrics beside the clients, on the same interface. */
    public Listeners withMetricsBesideClients() {
      int port = clients.port() + METRICS_OFFSET;
      try {
        return withMetrics(clients.withPort(port));
      } catch (IllegalArgumentException e) {
        throw new ConfigRefused(
            "listen-metrics is missing: %d, %d above the port for clients, is no port; say"
                    .formatted(port, METRICS_OFFSET)
                + " HOST:PORT, or off");
      }
    }
  }

  /**
   * How consensus runs.
   *
   * @param tick the unit of {@code timing}
   * @param queue what may wait to be logged
   * @param snapshotBytesPerSecond what all receivers of snapshots get together
   * @param logBytesMax what of the log is kept for members that are behind
   */
  public record Driving(
      Duration tick,
      Timing timing,
      Bounds queue,
      long logBytesMax,
      long snapshotBytesPerSecond,
      DriverSettings.Threading threading) {
    /** Above what a new replica should get at least, and little beside what a disk gives. */
    private static final long SNAPSHOT_BYTES_PER_SECOND = 80L << 20;

    public static final Driving DEFAULT =
        new Driving(
            DriverSettings.DEFAULT.tick(),
            Timing.DEFAULT,
            Settings.DEFAULT.queue(),
            Settings.DEFAULT.logBytesMax(),
            SNAPSHOT_BYTES_PER_SECOND,
            DriverSettings.DEFAULT.threading());

    public Settings settings() {
      Settings base = Settings.DEFAULT;
      return new Settings(
          timing,
          base.commandBytesMax(),
          base.batch(),
          queue,
          base.window(),
          base.recent(),
          base.pipeline(),
          base.appliedLagMax(),
          logBytesMax);
    }

    public DriverSettings driver() {
      DriverSettings base = DriverSettings.DEFAULT;
      return new DriverSettings(
          tick, threading, base.messages(), base.requests(), base.catchUpBytesMax());
    }
  }

  /**
   * What clients may take.
   *
   * @param streamCredit transactions unanswered on one stream
   * @param readThreads for big and linearizable reads
   * @param readQueueMax reads that wait for one of them
   */
  public record Door(int streamCredit, int readThreads, int readQueueMax, int subscribersMax) {
    public static final Door DEFAULT = new Door(2048, 2, 1024, 1024);

    public Door {
      require("stream-credit", streamCredit, 65_536);
      require("read-threads", readThreads, 64);
      require("read-queue-max", readQueueMax, 65_536);
      require("subscribers-max", subscribersMax, 65_536);
    }

    private static void require(String key, int value, int max) {
      if (value < 1 || value > max) {
        throw new ConfigRefused("%s must be from 1 to %d, was %d".formatted(key, max, value));
      }
    }
  }
}
