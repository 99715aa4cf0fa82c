package dev.ordinal.server.config;

import dev.ordinal.consensus.core.Bounds;
import dev.ordinal.consensus.core.Settings;
import dev.ordinal.consensus.core.Timing;
import dev.ordinal.consensus.driver.DriverSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * All that a server is told when it starts.
 *
 * @param node who it is
 * @param place where it is, and where others are
 * @param driving time and threads of consensus
 */
public record ServerConfig(Node node, Place place, Driving driving, Profile profile, Door door) {
  /**
   * Who a server is, as the operator believes; the data directory has the last word.
   *
   * @param cluster null: whatever the directory belongs to
   */
  public record Node(Path dir, int number, @Nullable UUID cluster) {}

  /**
   * How consensus runs.
   *
   * @param tick the unit of {@code timing}
   * @param queue what may wait to be logged
   */
  public record Driving(
      Duration tick, Timing timing, Bounds queue, DriverSettings.Threading threading) {
    public static final Driving DEFAULT =
        new Driving(
            DriverSettings.DEFAULT.tick(),
            Timing.DEFAULT,
            Settings.DEFAULT.queue(),
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
          base.appliedLagMax());
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
