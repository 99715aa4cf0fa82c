package dev.ordinal.journal.store;

import dev.ordinal.journal.state.Head;
import dev.ordinal.journal.store.StateRefused.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/** The folder of a state: made once, and opened only by whom it belongs to. */
final class StateDirectory {
  /** RocksDB's pointer to what is valid; it is there in every database. */
  private static final String POINTER = "CURRENT";

  private StateDirectory() {}

  static void format(Path dir, StateOwner owner, Head initial) {
    if (Files.exists(dir.resolve(POINTER))) {
      throw new StateRefused(
          Reason.NOT_EMPTY,
          "cannot format %s: it already holds a state; use an empty directory, or remove this one"
                  .formatted(dir)
              + " if its node is gone for good");
    }
    try {
      Files.createDirectories(dir);
      try (StateDatabase database = StateDatabase.create(dir, StateMemory.SMALL)) {
        database.put(StateFamily.META, MetaBytes.OWNER_ROW, MetaBytes.encode(owner));
        database.put(StateFamily.META, MetaBytes.HEAD_ROW, MetaBytes.encode(initial));
        database.write();
        database.flush();
      }
    } catch (RocksDBException e) {
      throw refused(dir, e);
    } catch (IOException e) {
      throw new StorageFailure(StorageFailure.Kind.STORAGE, "cannot format " + dir + ": " + e, e);
    }
  }

  static StateDatabase open(Path dir, StateOwner owner, StateMemory memory) {
    if (!Files.exists(dir.resolve(POINTER))) {
      throw unformatted(dir, "holds no state");
    }
    try {
      List<String> present = StateDatabase.familyNames(dir);
      List<String> known = Arrays.stream(StateFamily.values()).map(StateFamily::label).toList();
      if (!present.containsAll(known)) {
        throw unformatted(dir, "holds a state whose making was cut off");
      }
      List<String> unknown = present.stream().filter(name -> !known.contains(name)).toList();
      return checked(dir, owner, StateDatabase.open(dir, memory, unknown), unknown);
    } catch (RocksDBException e) {
      throw refused(dir, e);
    }
  }

  /** The head of the state in {@code dir}; {@code verified}: after a look at all of it. */
  static byte[] head(Path dir, StateOwner owner, boolean verified) {
    try (StateDatabase database =
        checked(dir, owner, StateDatabase.view(dir, StateMemory.SMALL), List.of())) {
      if (verified) {
        database.verify();
      }
      byte[] head = database.get(StateFamily.META, MetaBytes.HEAD_ROW);
      if (head == null) {
        throw unformatted(dir, "holds a state whose making was cut off");
      }
      return head;
    } catch (RocksDBException e) {
      throw refused(dir, e);
    }
  }

  private static StateDatabase checked(
      Path dir, StateOwner owner, StateDatabase database, List<String> unknown) {
    try {
      check(dir, owner, database, unknown);
      return database;
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  private static void check(
      Path dir, StateOwner owner, StateDatabase database, List<String> unknown) {
    byte[] row = database.get(StateFamily.META, MetaBytes.OWNER_ROW);
    if (row == null) {
      throw unformatted(dir, "holds a state whose making was cut off");
    }
    int format = MetaBytes.format(row);
    if (format > MetaBytes.FORMAT) {
      throw new StateRefused(
          Reason.NEWER_FORMAT,
          "%s has format %d, this program knows formats up to %d: use the program that wrote it"
              .formatted(dir, format, MetaBytes.FORMAT));
    }
    if (format < 1 || !unknown.isEmpty()) {
      throw new StateRefused(
          Reason.DAMAGED,
          "the state in %s is damaged: it says format %d and holds column families %s"
              .formatted(dir, format, unknown));
    }
    StateOwner present = MetaBytes.owner(row);
    if (!present.equals(owner)) {
      throw new StateRefused(
          Reason.OTHER_OWNER, "%s belongs to %s, not to %s".formatted(dir, present, owner));
    }
  }

  private static StateRefused unformatted(Path dir, String why) {
    return new StateRefused(
        Reason.UNFORMATTED,
        "%s %s: run 'ordinal format' once for a new node, in an empty directory; if this node lost"
                .formatted(dir, why)
            + " its disk, replace it by a new one instead");
  }

  /** What RocksDB means when it does not open. */
  private static RuntimeException refused(Path dir, RocksDBException cause) {
    String text = String.valueOf(cause.getMessage());
    Status status = cause.getStatus();
    Status.Code code = status == null ? Status.Code.Undefined : status.getCode();
    if (text.toLowerCase(Locale.ROOT).contains("lock")) {
      return new StateRefused(
          Reason.IN_USE,
          "%s is open in another process: stop that one first (%s)".formatted(dir, text));
    }
    if (code == Status.Code.Corruption || text.contains("No such file")) {
      return new StateRefused(
          Reason.DAMAGED, "the state in %s is damaged (%s)".formatted(dir, text));
    }
    return new StorageFailure(
        StorageFailure.Kind.STORAGE, "cannot open the state in %s: %s".formatted(dir, text), cause);
  }
}
