package dev.ordinal.journal.store;

import java.util.ArrayDeque;
import java.util.Deque;
import org.rocksdb.AbstractNativeReference;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.IndexType;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.WriteBufferManager;

/** How RocksDB is set up for the state. Owns the native objects behind the options. */
final class StateOptions implements AutoCloseable {
  private static final long MIB = 1L << 20;
  private static final long KIB = 1L << 10;

  /** Larger values stay out of the tree, so that compaction does not copy them. */
  private static final long BLOB_BYTES_MIN = 16 * KIB;

  private static final int BLOOM_BITS = 10;
  private static final double MEMTABLE_BLOOM_RATIO = 0.05;
  private static final int OPEN_FILES_MAX = 512;

  private final Deque<AbstractNativeReference> owned = new ArrayDeque<>();
  private final StateMemory memory;
  private final Cache cache;
  private final BloomFilter bloom;
  private final DBOptions database;

  StateOptions(StateMemory memory) {
    this.memory = memory;
    this.cache = own(new LRUCache(memory.nativeBytes()));
    this.bloom = own(new BloomFilter(BLOOM_BITS));
    WriteBufferManager memtables =
        own(new WriteBufferManager(memory.memtableBytes(), cache, false));
    this.database =
        own(new DBOptions())
            .setAtomicFlush(true)
            .setWriteBufferManager(memtables)
            .setAllowConcurrentMemtableWrite(false)
            .setAvoidFlushDuringShutdown(true)
            .setParanoidChecks(true)
            .setMaxBgErrorResumeCount(0)
            .setMaxBackgroundJobs(2)
            .setMaxOpenFiles(OPEN_FILES_MAX)
            .setBytesPerSync(MIB)
            .setStatsDumpPeriodSec(0)
            .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
            .setKeepLogFileNum(4);
  }

  DBOptions database() {
    return database;
  }

  ColumnFamilyOptions family(StateFamily family) {
    return switch (family) {
      case NEWEST ->
          versions(table().setFilterPolicy(bloom).setPartitionFilters(true))
              .setMemtablePrefixBloomSizeRatio(MEMTABLE_BLOOM_RATIO)
              .setMemtableWholeKeyFiltering(true);
      case HISTORY -> versions(table());
      case JOURNAL -> blobs(common(table()).setCompressionType(CompressionType.LZ4_COMPRESSION));
      case SESSION, LEASE, META ->
          common(table()).setCompressionType(CompressionType.LZ4_COMPRESSION);
    };
  }

  /** For families that this program does not know. */
  ColumnFamilyOptions unknownFamily() {
    return own(new ColumnFamilyOptions());
  }

  private ColumnFamilyOptions versions(BlockBasedTableConfig table) {
    return blobs(
        common(table)
            .setCompressionType(CompressionType.LZ4_COMPRESSION)
            .setBottommostCompressionType(CompressionType.LZ4_COMPRESSION));
  }

  private static ColumnFamilyOptions blobs(ColumnFamilyOptions options) {
    return options
        .setEnableBlobFiles(true)
        .setMinBlobSize(BLOB_BYTES_MIN)
        .setBlobCompressionType(CompressionType.LZ4_COMPRESSION)
        .setEnableBlobGarbageCollection(true);
  }

  private ColumnFamilyOptions common(BlockBasedTableConfig table) {
    return own(new ColumnFamilyOptions())
        .setTableFormatConfig(table)
        .setWriteBufferSize(memory.memtableBytes() / 2)
        .setArenaBlockSize(512 * KIB)
        .setLevelCompactionDynamicLevelBytes(true);
  }

  private BlockBasedTableConfig table() {
    return new BlockBasedTableConfig()
        .setBlockCache(cache)
        .setBlockSize(8 * KIB)
        .setIndexType(IndexType.kTwoLevelIndexSearch)
        .setCacheIndexAndFilterBlocks(true)
        .setCacheIndexAndFilterBlocksWithHighPriority(true)
        .setPinTopLevelIndexAndFilter(true)
        .setPinL0FilterAndIndexBlocksInCache(true);
  }

  private <T extends AbstractNativeReference> T own(T resource) {
    owned.push(resource);
    return resource;
  }

  /** After the database is closed: options first, then what they point to. */
  @Override
  public void close() {
    while (!owned.isEmpty()) {
      owned.pop().close();
    }
  }
}
