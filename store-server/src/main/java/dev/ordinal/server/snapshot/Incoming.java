package dev.ordinal.server.snapshot;

import dev.ordinal.proto.peer.v1.SnapshotFile;
import dev.ordinal.proto.peer.v1.SnapshotManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The folder of a snapshot that is fetched: {@code manifest}, {@code files/}, and {@code complete},
 * a copy of the manifest that is written when all files are there, verified and durable. Until then
 * a crash leaves what there is, and the next attempt goes on with the files that are still wanted.
 */
final class Incoming {
  private static final String MANIFEST = "manifest";
  private static final String COMPLETE = "complete";
  private static final String FILES = "files";

  private final Path dir;

  Incoming(Path dir) {
    this.dir = dir;
  }

  Path files() {
    return dir.resolve(FILES);
  }

  Path file(SnapshotFile file) {
    return files().resolve(file.getName());
  }

  /** The snapshot that waits to be installed; null: none does. */
  @Nullable SnapshotManifest complete() throws IOException {
    return read(COMPLETE);
  }

  private @Nullable SnapshotManifest read(String name) throws IOException {
    Path file = dir.resolve(name);
    return Files.exists(file) ? SnapshotManifest.parseFrom(Files.readAllBytes(file)) : null;
  }

  /** From now on {@code wanted} is fetched: what is here and not part of it goes. */
  void begin(SnapshotManifest wanted) throws IOException {
    if (complete() != null) {
      throw new IllegalStateException("a snapshot waits to be installed in " + dir);
    }
    for (SnapshotFile file : wanted.getFilesList()) {
      if (!file.getName().matches("[A-Za-z0-9_-][A-Za-z0-9._-]*")) {
        throw new IOException("a snapshot has no file of this name: " + file.getName());
      }
    }
    Files.createDirectories(files());
    SnapshotManifest before = read(MANIFEST);
    Set<String> kept = new HashSet<>();
    if (before != null) {
      Set<SnapshotFile> same = new HashSet<>(wanted.getFilesList());
      same.retainAll(before.getFilesList());
      same.forEach(file -> kept.add(file.getName()));
    }
    for (Path file : Folders.files(files())) {
      if (!kept.contains(file.getFileName().toString())) {
        Files.delete(file);
      }
    }
    write(MANIFEST, wanted);
  }

  /** Whether some of {@code file}, or an empty file, is not here. */
  boolean lacks(SnapshotFile file) throws IOException {
    return !Files.exists(file(file)) || length(file) < file.getBytes();
  }

  /** How much of {@code file} is here. */
  long length(SnapshotFile file) throws IOException {
    Path path = file(file);
    return Files.exists(path) ? Files.size(path) : 0;
  }

  /** Takes {@code file} from {@code state}, a folder of files that never change, if it is there. */
  boolean link(SnapshotFile file, Path state) throws IOException {
    Path there = state.resolve(file.getName());
    boolean same =
        file.getName().endsWith(".sst")
            && Files.exists(there)
            && Files.size(there) == file.getBytes()
            && Arrays.equals(FileDigest.of(there), file.getSha256().toByteArray());
    if (same) {
      Files.deleteIfExists(file(file));
      Files.createLink(file(file), there);
    }
    return same;
  }

  /** All of {@code manifest} is here, verified, and each file is durable. */
  void finish(SnapshotManifest manifest) throws IOException {
    Folders.sync(files());
    Folders.sync(dir);
    write(COMPLETE, manifest);
  }

  private void write(String name, SnapshotManifest manifest) throws IOException {
    Path draft = dir.resolve(name + ".new");
    Files.write(
        draft,
        manifest.toByteArray(),
        StandardOpenOption.CREATE,
        StandardOpenOption.TRUNCATE_EXISTING,
        StandardOpenOption.WRITE,
        StandardOpenOption.SYNC);
    Files.move(draft, dir.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    Folders.sync(dir);
  }

  /** The files become {@code state}; may be repeated until {@link #drop}. */
  void replace(Path state) throws IOException {
    if (Files.exists(files())) {
      Path replaced = state.resolveSibling(state.getFileName() + ".replaced");
      if (Files.exists(state)) {
        Folders.delete(replaced);
        Files.move(state, replaced, StandardCopyOption.ATOMIC_MOVE);
      }
      Files.move(files(), state, StandardCopyOption.ATOMIC_MOVE);
      Folders.sync(dir);
      Folders.sync(dir.resolve(".."));
      Folders.delete(replaced);
    }
  }

  /** Nothing is fetched, and nothing waits, any more; the note goes first. */
  void drop() throws IOException {
    if (Files.deleteIfExists(dir.resolve(COMPLETE))) {
      Folders.sync(dir);
    }
    Folders.delete(dir);
  }
}
