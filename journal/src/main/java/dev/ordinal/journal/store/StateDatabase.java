package dev.ordinal.journal.store;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rocksdb.Checkpoint;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.FlushOptions;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;
import org.rocksdb.Status;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * A RocksDB set up to be the state: no write-ahead log, since the consensus log is one, and all
 * column families flushed together, so that after a crash they stand at one and the same slot. Rows
 * are bytes here. Every method may be called by any thread; those that gather and write a batch, by
 * one at a time.
 */
final class StateDatabase implements AutoCloseable {
  static {
    RocksDB.loadLibrary();
  }

  private enum Mode {
    CREATE,
    WRITE,
    READ
  }

  private final StateOptions options;
  private final RocksDB database;
  private final List<ColumnFamilyHandle> handles = new ArrayList<>();
  private final Map<StateFamily, ColumnFamilyHandle> families = new EnumMap<>(StateFamily.class);
  private final WriteOptions unlogged = new WriteOptions().setDisableWAL(true);
  private final FlushOptions waiting = new FlushOptions().setWaitForFlush(true);
  private final ReadOptions reading = new ReadOptions();
  private final WriteBatch batch = new WriteBatch();
  private final Lifetime lifetime = new Lifetime();

  /** The first failed write; after it nothing is written any more. */
  private volatile @Nullable StorageFailure failure;

  /** Fails with what RocksDB says; a failed open leaves nothing behind. */
  private StateDatabase(Path dir, StateMemory memory, Mode mode, List<String> unknown)
      throws RocksDBException {
    options = new StateOptions(memory);
    boolean create = mode == Mode.CREATE;
    options
        .database()
        .setCreateIfMissing(create)
        .setCreateMissingColumnFamilies(create)
        .setErrorIfExists(create);
    List<ColumnFamilyDescriptor> descriptors = new ArrayList<>();
    descriptors.add(
        new ColumnFamilyDescriptor(RocksDB.DEFAULT_COLUMN_FAMILY, options.unknownFamily()));
    for (StateFamily family : StateFamily.values()) {
      descriptors.add(
          new ColumnFamilyDescriptor(StateFamily.encode(family.label()), options.family(family)));
    }
    for (String name : unknown) {
      descriptors.add(
          new ColumnFamilyDescriptor(StateFamily.encode(name), options.unknownFamily()));
    }
    try {
      database =
          mode == Mode.READ
              ? RocksDB.openReadOnly(options.database(), dir.toString(), descriptors, handles)
              : RocksDB.open(options.database(), dir.toString(), descriptors, handles);
    } catch (RocksDBException e) {
      closeOptions();
      throw e;
    }
    Iterator<ColumnFamilyHandle> opened = handles.iterator();
    opened.next();
    for (StateFamily family : StateFamily.values()) {
      families.put(family, opened.next());
    }
  }

  static StateDatabase create(Path dir, StateMemory memory) throws RocksDBException {
    return new StateDatabase(dir, memory, Mode.CREATE, List.of());
  }

  /**
   * Opens what is there.
   *
   * @param unknown families that a newer program made, see {@link #familyNames}
   */
  static StateDatabase open(Path dir, StateMemory memory, List<String> unknown)
      throws RocksDBException {
    return new StateDatabase(dir, memory, Mode.WRITE, unknown);
  }

  /** Opens what is there, to look at it only: nothing in {@code dir} that counts is changed. */
  static StateDatabase view(Path dir, StateMemory memory) throws RocksDBException {
    return new StateDatabase(dir, memory, Mode.READ, List.of());
  }

  /** Makes {@code dir}, which must not exist, a copy of what is written so far, by hard links. */
  void checkpoint(Path dir) {
    lifetime.enter();
    try (Checkpoint checkpoint = Checkpoint.create(database)) {
      requireSound();
      checkpoint.createCheckpoint(dir.toString());
    } catch (RocksDBException e) {
      throw failed("copying", e);
    } finally {
      lifetime.leave();
    }
  }

  /** Reads everything once and compares it with its checksums. */
  void verify() {
    lifetime.enter();
    try {
      database.verifyChecksum();
    } catch (RocksDBException e) {
      throw failed("verifying", e);
    } finally {
      lifetime.leave();
    }
  }

  /** The column families on disk but for RocksDB's default one, which stays empty. */
  static List<String> familyNames(Path dir) throws RocksDBException {
    try (Options defaults = new Options()) {
      List<String> names = new ArrayList<>();
      for (byte[] name : RocksDB.listColumnFamilies(defaults, dir.toString())) {
        if (!Arrays.equals(name, RocksDB.DEFAULT_COLUMN_FAMILY)) {
          names.add(StateFamily.decode(name));
        }
      }
      return names;
    }
  }

  byte @Nullable [] get(StateFamily family, byte[] row) {
    lifetime.enter();
    try {
      return database.get(handle(family), reading, row);
    } catch (RocksDBException e) {
      throw failed("reading", e);
    } finally {
      lifetime.leave();
    }
  }

  /** As {@link #get}, one answer a row, in their order. */
  List<byte @Nullable []> get(StateFamily family, List<byte[]> rows) {
    lifetime.enter();
    try {
      List<byte[]> values =
          database.multiGetAsList(reading, Collections.nCopies(rows.size(), handle(family)), rows);
      List<byte @Nullable []> answers = new ArrayList<>(values.size());
      for (byte @Nullable [] value : values) {
        answers.add(value);
      }
      return answers;
    } catch (RocksDBException e) {
      throw failed("reading", e);
    } finally {
      lifetime.leave();
    }
  }

  /** What to do with one row; answers false to stop. */
  interface Visitor {
    boolean visit(byte[] row, byte[] value);
  }

  /** Rows from {@code start} up to but not including {@code end}; null: all from start. */
  void scan(StateFamily family, byte[] start, byte @Nullable [] end, Visitor visitor) {
    try (Cursor cursor = cursor(family, end)) {
      boolean more = cursor.seek(start);
      while (more && visitor.visit(cursor.row(), cursor.value())) {
        more = cursor.next();
      }
    }
  }

  /** Sees the database as it is now, up to but not including {@code end}; null: to its end. */
  Cursor cursor(StateFamily family, byte @Nullable [] end) {
    lifetime.enter();
    try {
      return new Cursor(family, end);
    } catch (RuntimeException e) {
      lifetime.leave();
      throw e;
    }
  }

  /** A place in a family, for one thread. */
  final class Cursor implements AutoCloseable {
    private final @Nullable Slice bound;
    private final ReadOptions bounded = new ReadOptions();
    private final RocksIterator rows;

    private Cursor(StateFamily family, byte @Nullable [] end) {
      bound = end == null ? null : new Slice(end);
      if (bound != null) {
        bounded.setIterateUpperBound(bound);
      }
      rows = database.newIterator(handle(family), bounded);
    }

    /** Goes to the first row from {@code row}; false: there is none. */
    boolean seek(byte[] row) {
      rows.seek(row);
      return here();
    }

    /** Goes to the next row; false: there is none. */
    boolean next() {
      rows.next();
      return here();
    }

    private boolean here() {
      if (rows.isValid()) {
        return true;
      }
      try {
        rows.status();
        return false;
      } catch (RocksDBException e) {
        throw failed("reading", e);
      }
    }

    byte[] row() {
      return rows.key();
    }

    byte[] value() {
      return rows.value();
    }

    @Override
    public void close() {
      rows.close();
      bounded.close();
      if (bound != null) {
        bound.close();
      }
      lifetime.leave();
    }
  }

  /** Gathered until {@link #write}. */
  void put(StateFamily family, byte[] row, byte[] value) {
    try {
      batch.put(handle(family), row, value);
    } catch (RocksDBException e) {
      throw failed("gathering a write", e);
    }
  }

  /** For a row that is put once and deleted once in its life. Gathered until {@link #write}. */
  void deleteOnce(StateFamily family, byte[] row) {
    try {
      batch.singleDelete(handle(family), row);
    } catch (RocksDBException e) {
      throw failed("gathering a write", e);
    }
  }

  /** For any row. Gathered until {@link #write}. */
  void delete(StateFamily family, byte[] row) {
    try {
      batch.delete(handle(family), row);
    } catch (RocksDBException e) {
      throw failed("gathering a write", e);
    }
  }

  /** Drops what was gathered. */
  void discard() {
    batch.clear();
  }

  /** Makes visible what was gathered, all at once. */
  void write() {
    lifetime.enter();
    try {
      requireSound();
      database.write(unlogged, batch);
    } catch (RocksDBException e) {
      throw unsound(failed("writing", e));
    } finally {
      batch.clear();
      lifetime.leave();
    }
  }

  /** Returns when all that was written before the call is durable. */
  void flush() {
    lifetime.enter();
    try {
      requireSound();
      database.flush(waiting, List.copyOf(families.values()));
    } catch (RocksDBException e) {
      throw unsound(failed("flushing", e));
    } finally {
      lifetime.leave();
    }
  }

  /** The block cache, which all families share and the memtables are charged to, and readers. */
  long nativeBytes() {
    lifetime.enter();
    try {
      long bytes = database.getLongProperty(handle(StateFamily.META), "rocksdb.block-cache-usage");
      for (ColumnFamilyHandle family : families.values()) {
        bytes += database.getLongProperty(family, "rocksdb.estimate-table-readers-mem");
      }
      return bytes;
    } catch (RocksDBException e) {
      throw failed("measuring", e);
    } finally {
      lifetime.leave();
    }
  }

  /** Whether every write so far was made. */
  boolean isSound() {
    return failure == null;
  }

  private void requireSound() {
    StorageFailure before = failure;
    if (before != null) {
      throw before;
    }
  }

  private StorageFailure unsound(StorageFailure now) {
    failure = now;
    return now;
  }

  private ColumnFamilyHandle handle(StateFamily family) {
    ColumnFamilyHandle handle = families.get(family);
    if (handle == null) {
      throw new IllegalStateException("no handle of " + family);
    }
    return handle;
  }

  private StorageFailure failed(String doing, RocksDBException cause) {
    String text = doing + " the state in " + database.getName() + " failed: " + cause.getMessage();
    return new StorageFailure(kindOf(cause), text, cause);
  }

  static StorageFailure.Kind kindOf(RocksDBException cause) {
    Status status = cause.getStatus();
    return status != null && status.getCode() == Status.Code.Corruption
        ? StorageFailure.Kind.CORRUPT
        : StorageFailure.Kind.STORAGE;
  }

  /** Waits for those inside; what was written and not flushed is lost. */
  @Override
  public void close() {
    if (lifetime.end()) {
      handles.forEach(ColumnFamilyHandle::close);
      database.close();
      closeOptions();
    }
  }

  private void closeOptions() {
    batch.close();
    reading.close();
    waiting.close();
    unlogged.close();
    options.close();
  }
}
