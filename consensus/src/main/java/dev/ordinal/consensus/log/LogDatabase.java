package dev.ordinal.consensus.log;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.ConfigOptions;
import org.rocksdb.DBOptions;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.OptionsUtil;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;
import org.rocksdb.WALRecoveryMode;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * A RocksDB set up to be a log: one family for the entries, whose files then never overlap, and one
 * for the hard state, flushed together. Write-ahead files are used again, because a sync that does
 * not change a file's size spares the file system a journal commit (docs/storage.md has figures).
 */
final class LogDatabase implements AutoCloseable {
  /** Write-ahead files kept to be used again. */
  private static final long RECYCLED_FILES = 2;

  /** A memtable's size is that of a write-ahead file: after two of them, files are used again. */
  private static final long MEMTABLE_BYTES = 16L << 20;

  private static final long READAHEAD_BYTES = 1L << 20;
  private static final byte[] HARD_FAMILY = "hard".getBytes(StandardCharsets.US_ASCII);

  static {
    RocksDB.loadLibrary();
  }

  private final DBOptions options = new DBOptions();
  private final ColumnFamilyOptions familyOptions = new ColumnFamilyOptions();
  private final WriteOptions synced = new WriteOptions().setSync(true);
  private final WriteBatch batch = new WriteBatch();
  private final List<ColumnFamilyHandle> families = new ArrayList<>();
  private final RocksDB database;

  /** Fails with what RocksDB says; a failed open leaves nothing behind. */
  LogDatabase(Path dir, boolean create) throws RocksDBException {
    options
        .setCreateIfMissing(create)
        .setCreateMissingColumnFamilies(create)
        .setErrorIfExists(create)
        .setWalRecoveryMode(WALRecoveryMode.PointInTimeRecovery)
        .setRecycleLogFileNum(RECYCLED_FILES)
        .setAtomicFlush(true)
        .setParanoidChecks(true)
        .setMaxBackgroundJobs(2)
        .setMaxOpenFiles(256)
        .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
        .setKeepLogFileNum(4);
    familyOptions
        .setWriteBufferSize(MEMTABLE_BYTES)
        .setMaxWriteBufferNumber(3)
        .setTargetFileSizeBase(4 * MEMTABLE_BYTES)
        .setCompressionType(CompressionType.NO_COMPRESSION);
    try {
      database =
          RocksDB.open(
              options,
              dir.toString(),
              List.of(
                  new ColumnFamilyDescriptor(RocksDB.DEFAULT_COLUMN_FAMILY, familyOptions),
                  new ColumnFamilyDescriptor(HARD_FAMILY, familyOptions)),
              families);
    } catch (RocksDBException e) {
      closeOptions();
      throw e;
    }
  }

  /** Where it lies. */
  String name() {
    return database.getName();
  }

  /**
   * RocksDB drops options that do not go together and says so only in its own log. Answers which of
   * those that the log relies on it did not take; empty if it took all.
   */
  String optionsNotTaken(Path dir) throws RocksDBException {
    List<ColumnFamilyDescriptor> ignored = new ArrayList<>();
    try (ConfigOptions config = new ConfigOptions();
        DBOptions effective = new DBOptions()) {
      OptionsUtil.loadLatestOptions(config, dir.toString(), effective, ignored);
      String refused = "";
      if (effective.recycleLogFileNum() != RECYCLED_FILES) {
        refused += " recycle_log_file_num=" + effective.recycleLogFileNum();
      }
      if (effective.walRecoveryMode() != WALRecoveryMode.PointInTimeRecovery) {
        refused += " wal_recovery_mode=" + effective.walRecoveryMode();
      }
      if (!effective.atomicFlush()) {
        refused += " atomic_flush=false";
      }
      return refused.strip();
    } finally {
      ignored.forEach(descriptor -> descriptor.getOptions().close());
    }
  }

  byte[] hard() throws RocksDBException {
    byte[] value = database.get(families.get(1), EntryCodec.HARD_KEY);
    return value == null ? new byte[0] : value;
  }

  byte[] entry(byte[] key) throws RocksDBException {
    byte[] value = database.get(families.get(0), key);
    return value == null ? new byte[0] : value;
  }

  void putHard(HardState hard) throws RocksDBException {
    batch.put(families.get(1), EntryCodec.HARD_KEY, EntryCodec.encode(hard));
  }

  void putEntry(byte[] key, byte[] value) throws RocksDBException {
    batch.put(families.get(0), key, value);
  }

  void deleteEntry(long slot) throws RocksDBException {
    batch.delete(families.get(0), EntryCodec.key(slot));
  }

  /**
   * Drops the files that hold nothing after {@code slot}. What lies in a file with later entries
   * goes with that file, the next time. Newly written files stay: RocksDB drops none of level 0.
   */
  void dropFilesThrough(long slot) throws RocksDBException {
    List<byte[]> range = List.of(EntryCodec.key(0), EntryCodec.key(slot));
    database.deleteFilesInRanges(families.get(0), range, true);
  }

  /** About what the entries take, in files and in memory. */
  long entryBytes() throws RocksDBException {
    return database.getLongProperty(families.get(0), "rocksdb.total-sst-files-size")
        + database.getLongProperty(families.get(0), "rocksdb.cur-size-all-mem-tables");
  }

  /** Writes what was put since the last commit, atomically and durably. */
  void commit() throws RocksDBException {
    try {
      database.write(synced, batch);
    } finally {
      batch.clear();
    }
  }

  /** What to do with one entry of a {@link #scan}; answers false to stop. */
  interface Visitor {
    boolean visit(byte[] key, byte[] value);
  }

  void scan(long from, long through, Visitor visitor) throws RocksDBException {
    try (Slice bound = new Slice(EntryCodec.key(through + 1));
        ReadOptions reading =
            new ReadOptions()
                .setIterateUpperBound(bound)
                .setFillCache(false)
                .setReadaheadSize(READAHEAD_BYTES);
        RocksIterator entries = database.newIterator(families.get(0), reading)) {
      entries.seek(EntryCodec.key(from));
      while (entries.isValid() && visitor.visit(entries.key(), entries.value())) {
        entries.next();
      }
      entries.status();
    }
  }

  /** Memtables and table readers of all families, and the block cache, which they share. */
  long nativeBytes() throws RocksDBException {
    long bytes = database.getLongProperty(families.getFirst(), "rocksdb.block-cache-usage");
    for (ColumnFamilyHandle family : families) {
      bytes += database.getLongProperty(family, "rocksdb.cur-size-all-mem-tables");
      bytes += database.getLongProperty(family, "rocksdb.estimate-table-readers-mem");
    }
    return bytes;
  }

  @Override
  public void close() {
    families.forEach(ColumnFamilyHandle::close);
    database.close();
    closeOptions();
  }

  private void closeOptions() {
    batch.close();
    synced.close();
    familyOptions.close();
    options.close();
  }
}
