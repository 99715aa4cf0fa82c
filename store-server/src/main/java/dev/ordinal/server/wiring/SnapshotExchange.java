package dev.ordinal.server.wiring;

import dev.ordinal.consensus.driver.Snapshots;
import dev.ordinal.consensus.log.LogFailure;
import dev.ordinal.journal.Journal;
import dev.ordinal.server.config.ServerConfig;
import dev.ordinal.server.net.EventLoops;
import dev.ordinal.server.peer.PeerIdentity;
import dev.ordinal.server.snapshot.Fetcher;
import dev.ordinal.server.snapshot.Outgoing;
import dev.ordinal.server.snapshot.SnapshotService;
import io.grpc.BindableService;
import io.grpc.ManagedChannel;
import java.io.IOException;

/** Snapshots of one running replica, both ways. */
final class SnapshotExchange implements Snapshots, AutoCloseable {
  private static final int CHUNK_BYTES_MAX = 2 << 20;
  private static final String OUTGOING = "outgoing";

  private final Journal journal;
  private final Outgoing outgoing;
  private final SnapshotService service;
  private final EventLoops loops;
  private final Fetcher fetcher;

  /** {@code staged} is told, on another thread, that a restart would install a snapshot. */
  SnapshotExchange(DataFolder folder, PeerIdentity identity, ServerConfig config, Runnable staged) {
    this.journal = folder.journal();
    try {
      this.outgoing = new Outgoing(config.node().dir().resolve(OUTGOING), folder.snapshotSource());
    } catch (IOException e) {
      throw new LogFailure(
          LogFailure.Kind.STORAGE, "cannot delete an old snapshot: " + e.getMessage(), e);
    }
    this.service =
        new SnapshotService(identity, outgoing, config.driving().snapshotBytesPerSecond());
    this.loops = new EventLoops("snapshots", 1);
    Fetcher.Folder place =
        new Fetcher.Folder(
            config.node().dir(), folder.statePath(), folder.snapshotSource().owner());
    this.fetcher =
        new Fetcher(
            place, new Fetcher.Peers(from -> dial(config, from), identity::bulkHello), staged);
  }

  private ManagedChannel dial(ServerConfig config, int peer) {
    return loops.dial(config.node().members().member(peer).peers(), CHUNK_BYTES_MAX);
  }

  /** What others ask here. */
  BindableService service() {
    return service;
  }

  @Override
  public long droppable() {
    return Math.min(journal.durableSlot(), outgoing.heldSlot());
  }

  @Override
  public void fetch(int from, long slot) {
    fetcher.fetch(from, slot);
  }

  @Override
  public void close() throws IOException {
    fetcher.close();
    service.close();
    loops.close();
    outgoing.close();
  }
}
