package dev.ordinal.server.snapshot;

import dev.ordinal.consensus.core.Image;
import dev.ordinal.consensus.core.Installation;
import dev.ordinal.consensus.core.Stretch;
import dev.ordinal.consensus.entry.EntryHash;
import dev.ordinal.consensus.entry.LogPoint;
import dev.ordinal.consensus.log.LogStore;
import dev.ordinal.consensus.log.Opened;
import dev.ordinal.consensus.log.RocksLog;
import dev.ordinal.consensus.quorum.ConfigurationCodec;
import dev.ordinal.proto.peer.v1.SnapshotManifest;
import java.io.IOException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a start does first: carries a snapshot that waits to its end (rule R11). */
public final class Installer {
  private static final Logger LOG = LoggerFactory.getLogger(Installer.class);
  private static final String INCOMING = "incoming";

  private final Path dir;
  private final Path state;
  private final Incoming incoming;

  /** {@code state} is the folder of the state in the data directory {@code dir}. */
  public Installer(Path dir, Path state) {
    this.dir = dir;
    this.state = state;
    this.incoming = new Incoming(incoming(dir));
  }

  static Path incoming(Path dir) {
    return dir.resolve(INCOMING);
  }

  /**
   * Does what is left to do. A log that is damaged is left alone: opening it will say so.
   *
   * @throws IOException if the disk refuses; the next start tries again
   */
  public void run() throws IOException {
    while (step()) {
      LOG.info("a snapshot is being installed");
    }
  }

  /** One step, which is durable when this returns; false: nothing was left to do. */
  boolean step() throws IOException {
    SnapshotManifest waiting = incoming.complete();
    if (waiting == null) {
      return false;
    }
    return switch (RocksLog.open(dir)) {
      case Opened.Clean(LogStore log, Image image) -> step(waiting, log, image);
      case Opened.Torn(LogStore log, Image image, long _) -> step(waiting, log, image);
      case Opened.Damaged _ -> false;
    };
  }

  private boolean step(SnapshotManifest waiting, LogStore open, Image image) throws IOException {
    LogPoint point =
        new LogPoint(waiting.getSlot(), EntryHash.of(waiting.getEntryHash().toByteArray()));
    Stretch stretch =
        new Stretch(
            waiting.getConfigurationSince(),
            ConfigurationCodec.decode(waiting.getConfiguration().toByteArray()));
    try (LogStore log = open) {
      switch (Installation.of(image, point, stretch)) {
        case Installation.LogFirst(var changes) -> log.write(image.group() + 1, changes);
        case Installation.StateNext() -> {
          incoming.replace(state);
          incoming.drop();
        }
        case Installation.Needless() -> incoming.drop();
      }
    }
    return true;
  }
}
