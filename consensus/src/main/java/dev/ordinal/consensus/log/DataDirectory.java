package dev.ordinal.consensus.log;

import dev.ordinal.consensus.log.DirectoryRefused.Reason;
import dev.ordinal.consensus.quorum.Configuration;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.UUID;

/**
 * The folder of one node: {@code identity} and its copy, {@code log/} with the consensus log, and
 * whatever the state machine keeps beside them. A folder is formatted once, by a person or a tool
 * that knows that the node is new: a wiped node that formatted itself would vote again and forget
 * what it had promised.
 */
public final class DataDirectory {
  private static final String IDENTITY = "identity";
  private static final String COPY = "identity.copy";
  private static final String LOG = "log";

  private DataDirectory() {}

  /**
   * Makes {@code dir} the data directory of a new node, whose log begins with configuration {@code
   * first}; {@link Configuration#NONE} if it joins others. The identity is written last: a format
   * that was cut off leaves an unformatted directory.
   *
   * @throws DirectoryRefused if something is there already
   * @throws LogFailure if the disk refuses
   */
  public static void format(Path dir, Identity identity, Configuration first) {
    requireUnformatted(dir);
    try {
      Files.createDirectories(dir);
      RocksLog.create(log(dir), first);
      String text = IdentityText.encode(identity);
      writeSynced(dir.resolve(COPY), text);
      writeSynced(dir.resolve(IDENTITY), text);
      sync(dir);
    } catch (IOException e) {
      throw new LogFailure(LogFailure.Kind.STORAGE, "cannot format " + dir + ": " + e, e);
    }
  }

  /** Throws {@link DirectoryRefused} if {@code dir} holds a node, or parts of one. */
  public static void requireUnformatted(Path dir) {
    for (String name : List.of(IDENTITY, COPY, LOG)) {
      if (Files.exists(dir.resolve(name))) {
        throw new DirectoryRefused(
            Reason.NOT_EMPTY,
            "cannot format %s: it already holds '%s'; use an empty directory, or remove this one if"
                    .formatted(dir, name)
                + " its node is gone for good");
      }
    }
  }

  /**
   * Whose directory this is. One intact copy is enough.
   *
   * @throws DirectoryRefused if it is unformatted, of another version, or unreadable
   */
  public static Identity identify(Path dir) {
    String broken = "";
    boolean present = false;
    for (String name : List.of(IDENTITY, COPY)) {
      String text = readOrEmpty(dir.resolve(name));
      present |= !text.isEmpty();
      int format = IdentityText.formatOf(text);
      if (format > 0 && format < IdentityText.FORMAT) {
        throw new DirectoryRefused(
            Reason.OTHER_FORMAT,
            "%s has format %d, this program needs format %d: format its node anew"
                .formatted(dir, format, IdentityText.FORMAT));
      }
      if (format > IdentityText.FORMAT) {
        throw new DirectoryRefused(
            Reason.OTHER_FORMAT,
            "%s has format %d, this program knows format %d: use the program that wrote it"
                .formatted(dir, format, IdentityText.FORMAT));
      }
      try {
        return IdentityText.decode(text);
      } catch (IllegalArgumentException e) {
        broken += " " + name + ": " + e.getMessage() + ";";
      }
    }
    if (!present) {
      throw new DirectoryRefused(
          Reason.UNFORMATTED,
          dir
              + " is not formatted: run 'ordinal format' once for a new node; if this node lost"
              + " its disk, replace it by a new one instead");
    }
    throw new DirectoryRefused(
        Reason.UNREADABLE,
        "no copy of the identity in " + dir + " is intact:" + broken + " replace this node");
  }

  /**
   * As {@link #identify(Path)}, for a server that knows who it is.
   *
   * @throws DirectoryRefused also if the directory belongs to another cluster or node
   */
  public static Identity identify(Path dir, UUID clusterId, int nodeId) {
    Identity identity = identify(dir);
    if (!identity.clusterId().equals(clusterId) || identity.nodeId() != nodeId) {
      throw new DirectoryRefused(
          Reason.OTHER_OWNER,
          "%s belongs to node %d of cluster %s, not to node %d of cluster %s"
              .formatted(dir, identity.nodeId(), identity.clusterId(), nodeId, clusterId));
    }
    return identity;
  }

  /** Where the log lies in a data directory. */
  public static Path log(Path dir) {
    return dir.resolve(LOG);
  }

  private static String readOrEmpty(Path file) {
    try {
      return Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException e) {
      return "";
    } catch (IOException e) {
      throw new LogFailure(LogFailure.Kind.STORAGE, "cannot read " + file + ": " + e, e);
    }
  }

  private static void writeSynced(Path file, String text) throws IOException {
    Files.writeString(file, text, StandardOpenOption.CREATE_NEW);
    sync(file);
  }

  /** A directory is synced like a file: that makes its names durable. */
  static void sync(Path fileOrDirectory) throws IOException {
    try (FileChannel channel = FileChannel.open(fileOrDirectory)) {
      channel.force(true);
    }
  }
}
