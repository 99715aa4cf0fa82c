package dev.ordinal.server.snapshot;

import com.google.protobuf.ByteString;
import dev.ordinal.consensus.core.Stretch;
import dev.ordinal.consensus.log.LogStore;
import dev.ordinal.consensus.quorum.ConfigurationCodec;
import dev.ordinal.journal.state.Head;
import dev.ordinal.journal.store.RocksStateStore;
import dev.ordinal.journal.store.StateOwner;
import dev.ordinal.proto.peer.v1.SnapshotFile;
import dev.ordinal.proto.peer.v1.SnapshotManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one snapshot of this replica that others may fetch: taken when it is asked for, shared while
 * it is fresh, deleted when nobody has asked for a while. As long as it is there, the log is kept
 * from its slot on, so that who has fetched it can go on from here.
 */
public final class Outgoing implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Outgoing.class);
  private static final long FRESH_NANOS = Duration.ofMinutes(2).toNanos();
  private static final long IDLE_NANOS = Duration.ofMinutes(1).toNanos();
  private static final String IMMUTABLE = ".sst";

  /** {@code owner} is whose state it is; {@code log} knows who votes. */
  public record Source(RocksStateStore state, StateOwner owner, LogStore log) {}

  private record Taken(SnapshotManifest manifest, Path dir, long takenNanos) {}

  private final Path dir;
  private final Source source;
  private final Map<String, SnapshotFile> known = new HashMap<>();
  private @Nullable Taken taken;
  private long usedNanos;
  private volatile long heldSlot = Long.MAX_VALUE;

  /** What an earlier process left in {@code dir} goes. */
  public Outgoing(Path dir, Source source) throws IOException {
    this.dir = dir;
    this.source = source;
    Folders.delete(dir);
  }

  /** The log behind this slot is needed; {@link Long#MAX_VALUE}: none of it is. */
  public long heldSlot() {
    return heldSlot;
  }

  /** Null if the state has not come to {@code slot}. */
  synchronized @Nullable SnapshotManifest offer(long slot) throws IOException {
    Taken present = taken;
    long now = System.nanoTime();
    if (present == null
        || present.manifest.getSlot() < slot
        || now - present.takenNanos > FRESH_NANOS) {
      present = take();
    }
    usedNanos = System.nanoTime();
    return present != null && present.manifest.getSlot() >= slot ? present.manifest : null;
  }

  /** A file of snapshot {@code id}; null if there is none any more. */
  synchronized @Nullable Path file(String id, String name) {
    Taken present = taken;
    if (present == null || !present.manifest.getId().equals(id)) {
      return null;
    }
    usedNanos = System.nanoTime();
    boolean listed =
        present.manifest.getFilesList().stream().anyMatch(file -> file.getName().equals(name));
    return listed ? present.dir.resolve(name) : null;
  }

  /** Somebody is still at it. */
  synchronized void used() {
    usedNanos = System.nanoTime();
  }

  synchronized void sweep() throws IOException {
    if (taken != null && System.nanoTime() - usedNanos > IDLE_NANOS) {
      drop();
    }
  }

  private void drop() throws IOException {
    heldSlot = Long.MAX_VALUE;
    taken = null;
    Folders.delete(dir);
  }

  /** The log is held from before the copy begins; nothing of it stays if it fails. */
  private @Nullable Taken take() throws IOException {
    drop();
    heldSlot = source.state.head().slot().slot();
    try {
      taken = copy(UUID.randomUUID().toString());
      return taken;
    } finally {
      if (taken == null) {
        drop();
      }
    }
  }

  /**
   * The label is read from the copy itself, so that it cannot differ from the content. Who votes is
   * asked afterwards: if that began later, there will be a snapshot in a moment.
   */
  private @Nullable Taken copy(String id) throws IOException {
    long began = System.nanoTime();
    Files.createDirectories(dir);
    Path copy = dir.resolve(id);
    source.state.checkpoint(copy);
    Map<String, SnapshotFile> files = digests(copy);
    Head head = RocksStateStore.label(copy, source.owner);
    Stretch stretch = source.log.stretch();
    if (stretch.since() > head.slot().slot()) {
      return null;
    }
    SnapshotManifest manifest = label(head, stretch).setId(id).addAllFiles(files.values()).build();
    heldSlot = manifest.getSlot();
    LOG.atInfo()
        .addKeyValue("slot", manifest.getSlot())
        .addKeyValue("files", manifest.getFilesCount())
        .addKeyValue("millis", (System.nanoTime() - began) / 1_000_000)
        .log("took a snapshot");
    return new Taken(manifest, copy, System.nanoTime());
  }

  private static SnapshotManifest.Builder label(Head head, Stretch stretch) {
    byte[] configuration = ConfigurationCodec.encode(stretch.configuration());
    return SnapshotManifest.newBuilder()
        .setSlot(head.slot().slot())
        .setEntryHash(ByteString.copyFrom(head.slot().entryHash().bytes()))
        .setSlotDigest(ByteString.copyFrom(head.slot().digest().bytes()))
        .setOrderId(head.order().order())
        .setJournalDigest(ByteString.copyFrom(head.order().digest().bytes()))
        .setHistory(head.history())
        .setConfiguration(ByteString.copyFrom(configuration))
        .setConfigurationSince(stretch.since());
  }

  private Map<String, SnapshotFile> digests(Path copy) throws IOException {
    Map<String, SnapshotFile> files = new TreeMap<>();
    for (Path path : Folders.files(copy)) {
      String name = path.getFileName().toString();
      SnapshotFile file = known.get(name);
      if (file == null || file.getBytes() != Files.size(path) || !name.endsWith(IMMUTABLE)) {
        file =
            SnapshotFile.newBuilder()
                .setName(name)
                .setBytes(Files.size(path))
                .setSha256(ByteString.copyFrom(FileDigest.of(path)))
                .build();
      }
      files.put(name, file);
    }
    known.clear();
    known.putAll(files);
    return files;
  }

  @Override
  public synchronized void close() throws IOException {
    drop();
  }
}
