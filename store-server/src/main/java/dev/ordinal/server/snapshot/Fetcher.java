package dev.ordinal.server.snapshot;

import com.google.protobuf.ByteString;
import dev.ordinal.journal.state.Head;
import dev.ordinal.journal.store.RocksStateStore;
import dev.ordinal.journal.store.StateOwner;
import dev.ordinal.journal.store.StateRefused;
import dev.ordinal.journal.store.StorageFailure;
import dev.ordinal.proto.peer.v1.Hello;
import dev.ordinal.proto.peer.v1.SnapshotChunk;
import dev.ordinal.proto.peer.v1.SnapshotFile;
import dev.ordinal.proto.peer.v1.SnapshotFileRequest;
import dev.ordinal.proto.peer.v1.SnapshotManifest;
import dev.ordinal.proto.peer.v1.SnapshotRequest;
import dev.ordinal.proto.peer.v1.SnapshotsGrpc;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The receiving end: one snapshot at a time, on a thread of its own. What fails is tried again when
 * consensus asks again, and goes on with what is here.
 */
public final class Fetcher implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Fetcher.class);
  private static final long OFFER_SECONDS = 300;

  private final Folder folder;
  private final Peers peers;
  private final Runnable staged;
  private @Nullable Thread running;
  private boolean closed;

  /** A snapshot waits: nothing is fetched until a start has installed it. */
  private volatile boolean done;

  /**
   * Where the files go.
   *
   * @param dir the data directory
   * @param state the folder of the present state, whose files may be used again
   */
  public record Folder(Path dir, Path state, StateOwner owner) {}

  /** How other members are reached: a new connection, and what to say first. */
  public record Peers(IntFunction<ManagedChannel> dialler, IntFunction<Hello> hello) {}

  /** {@code staged} is told, on another thread, when a start would install a snapshot. */
  public Fetcher(Folder folder, Peers peers, Runnable staged) {
    this.folder = folder;
    this.peers = peers;
    this.staged = staged;
  }

  /** Fetches a snapshot through {@code slot} or later, unless one is being fetched already. */
  public synchronized void fetch(int from, long slot) {
    if (!closed && !done && (running == null || !running.isAlive())) {
      running = Thread.ofPlatform().name("snapshot-fetch").daemon().start(() -> run(from, slot));
    }
  }

  private void run(int from, long slot) {
    ManagedChannel channel = peers.dialler().apply(from);
    try {
      stage(from, slot, SnapshotsGrpc.newBlockingStub(channel));
      done = true;
      staged.run();
    } catch (StatusRuntimeException | IOException | StateRefused | StorageFailure e) {
      LOG.atWarn()
          .addKeyValue("from", from)
          .addKeyValue("cause", String.valueOf(e.getMessage()))
          .log("could not fetch a snapshot; it goes on when the need is told again");
    } finally {
      channel.shutdownNow();
    }
  }

  private void stage(int from, long slot, SnapshotsGrpc.SnapshotsBlockingStub source)
      throws IOException {
    long began = System.nanoTime();
    Hello hello = peers.hello().apply(from);
    SnapshotManifest manifest =
        source
            .withDeadlineAfter(OFFER_SECONDS, TimeUnit.SECONDS)
            .offer(SnapshotRequest.newBuilder().setHello(hello).setSlot(slot).build());
    Incoming incoming = new Incoming(Installer.incoming(folder.dir));
    incoming.begin(manifest);
    long fetched = 0;
    for (SnapshotFile file : manifest.getFilesList()) {
      if (incoming.lacks(file) && !incoming.link(file, folder.state)) {
        fetched += file.getBytes() - incoming.length(file);
        fetch(file, incoming, manifest, source, hello);
      }
      verify(file, incoming.file(file));
    }
    verifyLabel(manifest, RocksStateStore.inspect(incoming.files(), folder.owner));
    incoming.finish(manifest);
    LOG.atInfo()
        .addKeyValue("from", from)
        .addKeyValue("slot", manifest.getSlot())
        .addKeyValue("bytes", fetched)
        .addKeyValue("millis", (System.nanoTime() - began) / 1_000_000)
        .log("fetched a snapshot");
  }

  private static void fetch(
      SnapshotFile file,
      Incoming incoming,
      SnapshotManifest manifest,
      SnapshotsGrpc.SnapshotsBlockingStub source,
      Hello hello)
      throws IOException {
    SnapshotFileRequest request =
        SnapshotFileRequest.newBuilder()
            .setHello(hello)
            .setSnapshot(manifest.getId())
            .setFile(file.getName())
            .setOffset(incoming.length(file))
            .build();
    try (FileChannel channel =
        FileChannel.open(
            incoming.file(file),
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.APPEND)) {
      Iterator<SnapshotChunk> chunks = source.fetch(request);
      while (chunks.hasNext()) {
        for (ByteBuffer part : chunks.next().getContent().asReadOnlyByteBufferList()) {
          write(channel, part);
        }
      }
      channel.force(true);
    }
  }

  private static void write(FileChannel channel, ByteBuffer part) throws IOException {
    while (part.hasRemaining()) {
      int _ = channel.write(part);
    }
  }

  private static void verify(SnapshotFile file, Path path) throws IOException {
    MessageDigest digest = FileDigest.start();
    FileDigest.add(digest, path);
    if (!ByteString.copyFrom(digest.digest()).equals(file.getSha256())) {
      Files.delete(path);
      throw new IOException("what came is not %s: it is fetched anew".formatted(file.getName()));
    }
  }

  /** The name of a snapshot must be what it holds (M14). */
  private static void verifyLabel(SnapshotManifest manifest, Head head) throws IOException {
    boolean same =
        head.slot().slot() == manifest.getSlot()
            && ByteString.copyFrom(head.slot().entryHash().bytes()).equals(manifest.getEntryHash())
            && ByteString.copyFrom(head.slot().digest().bytes()).equals(manifest.getSlotDigest())
            && head.order().order() == manifest.getOrderId()
            && ByteString.copyFrom(head.order().digest().bytes())
                .equals(manifest.getJournalDigest())
            && head.history() == manifest.getHistory();
    if (!same) {
      throw new IOException(
          "a snapshot says slot %d and order ID %d, it holds %s and %s"
              .formatted(manifest.getSlot(), manifest.getOrderId(), head.slot(), head.order()));
    }
  }

  /** What is under way breaks off; what is here stays. */
  @Override
  public void close() {
    Thread last;
    synchronized (this) {
      closed = true;
      last = running;
    }
    if (last != null && !last.equals(Thread.currentThread())) {
      last.interrupt();
      try {
        last.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
