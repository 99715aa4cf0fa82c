package dev.ordinal.journal.store;

import dev.ordinal.journal.codec.OutcomeCodec;
import dev.ordinal.journal.codec.RecordCodec;
import dev.ordinal.journal.outcome.Outcome;
import dev.ordinal.journal.record.Effect;
import dev.ordinal.journal.record.JournalRecord;
import dev.ordinal.journal.record.Version;
import dev.ordinal.journal.state.Changes;
import dev.ordinal.journal.state.Head;
import dev.ordinal.journal.state.SessionHeader;
import dev.ordinal.journal.state.SessionImage;
import dev.ordinal.journal.transaction.Key;
import dev.ordinal.journal.transaction.KeyRange;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The state on disk. All that a slot changes is one atomic write, its head included; there is no
 * write-ahead log, so a crash leaves the state as it was after some slot (docs/storage.md).
 *
 * <p>Throws {@link StorageFailure} from every method when the disk fails; the process must end
 * then, and no later write is attempted.
 */
public final class RocksStateStore implements StateStore {
  /** {@link #recordsAfter} stops with the record that reaches it, even if more were asked for. */
  private static final long RECORDS_BYTES_MAX = 4L << 20;

  /** Of the rows that are read at a time where only their keys are asked for. */
  private static final long KEYS_PAGE_BYTES = 1L << 20;

  private final StateDatabase database;
  private final HotVersions hot;
  private final VersionReader reader;
  private final SlotWriter writer;

  /** Used by the thread that writes. */
  private final RecentVersions recent;

  /** What readers may name. */
  private volatile Head head;

  private RocksStateStore(StateDatabase database, StateMemory memory) {
    this.database = database;
    this.hot = new HotVersions(memory.hotBytes());
    this.recent = new RecentVersions(memory.recentBytes());
    this.reader = new VersionReader(database, hot);
    this.writer = new SlotWriter(database);
    byte[] row = database.get(StateFamily.META, MetaBytes.HEAD_ROW);
    if (row == null) {
      throw StorageFailure.unreadable("the head of the state", "it is missing");
    }
    this.head = MetaBytes.head(row);
  }

  /**
   * Makes {@code dir} hold the state before the first slot. A format that was cut off leaves an
   * unformatted directory.
   *
   * @throws StateRefused if there is a state already
   */
  public static void format(Path dir, long cluster, Head initial) {
    StateDirectory.format(dir, new StateOwner(cluster, initial.history()), initial);
  }

  /**
   * Opens the state of {@code owner} as the last flush, or a later one of RocksDB's own, left it.
   *
   * @throws StateRefused if it is not there, is another's, newer than this program, open elsewhere
   *     or damaged
   */
  public static RocksStateStore open(Path dir, StateOwner owner, StateMemory memory) {
    StateDatabase database = StateDirectory.open(dir, owner, memory);
    try {
      return new RocksStateStore(database, memory);
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  /**
   * Makes {@code dir}, which must not exist, a copy of this state through some slot that is applied
   * now, or a little later. The files are hard links, so that this takes neither time nor space for
   * what was flushed before. {@link #label} says which slot.
   */
  public void checkpoint(Path dir) {
    database.checkpoint(dir);
  }

  /**
   * Reads all of the state of {@code owner} in {@code dir}, compares it with its checksums, and
   * answers where it stands.
   *
   * @throws StateRefused if it is no whole state of that owner
   * @throws StorageFailure if what is read is not what was written
   */
  public static Head inspect(Path dir, StateOwner owner) {
    return MetaBytes.head(StateDirectory.head(dir, owner, true));
  }

  /** As {@link #inspect}, without the reading of it all. */
  public static Head label(Path dir, StateOwner owner) {
    return MetaBytes.head(StateDirectory.head(dir, owner, false));
  }

  @Override
  public void write(Changes changes) {
    Successor.require(head, changes);
    Map<Key, Version> newest = writer.write(changes, this::superseded);
    newest.forEach((key, version) -> {
      recent.put(key, version);
      hot.written(key, version);
    });
    head = changes.head();
  }

  /** The version that {@code effect} replaces, a deletion included; of order ID 0: none. */
  private Version superseded(Effect effect) {
    Version version = recent.find(effect.key());
    return version != null ? version : recent.found(effect.key(), reader.newest(effect.key()));
  }

  @Override
  public long flush() {
    long slot = head.slot().slot();
    database.flush();
    return slot;
  }

  @Override
  public long nativeBytes() {
    return database.nativeBytes();
  }

  @Override
  public Head head() {
    return head;
  }

  @Override
  public @Nullable Version get(Key key, long order) {
    return existing(reader.at(key, order, head.order().order()));
  }

  @Override
  public List<@Nullable Version> get(List<Key> keys, long order) {
    List<@Nullable Version> versions = reader.at(keys, order, head.order().order());
    versions.replaceAll(RocksStateStore::existing);
    return versions;
  }

  private static @Nullable Version existing(@Nullable Version version) {
    return version != null && version.state().exists() ? version : null;
  }

  @Override
  public ScanPage scan(KeyRange range, long order, PageLimit limit) {
    return reader.scan(range, order, limit);
  }

  @Override
  public List<@Nullable Version> latest(List<Key> keys) {
    List<@Nullable Version> versions = new ArrayList<>(keys.size());
    List<Key> missing = new ArrayList<>();
    for (Key key : keys) {
      Version version = recent.find(key);
      versions.add(version);
      if (version == null) {
        missing.add(key);
      }
    }
    Iterator<@Nullable Version> found = reader.newest(missing).iterator();
    for (int i = 0; i < versions.size(); i++) {
      Version version = versions.get(i);
      versions.set(
          i, existing(version != null ? version : recent.found(keys.get(i), found.next())));
    }
    return versions;
  }

  @Override
  public List<Key> existingIn(KeyRange range, int max) {
    List<Key> keys = new ArrayList<>();
    Key start = range.start();
    while (start != null && keys.size() < max) {
      PageLimit limit = new PageLimit(max - keys.size(), KEYS_PAGE_BYTES);
      ScanPage page = reader.scan(new KeyRange(start, range.end()), Long.MAX_VALUE, limit);
      page.rows().forEach(row -> keys.add(row.key()));
      start = page.resumeAt();
    }
    return keys;
  }

  @Override
  public @Nullable Outcome recordedOutcome(long session, long sequence) {
    byte[] value = database.get(StateFamily.SESSION, SessionBytes.outcomeRow(session, sequence));
    return value == null ? null : decoded(OutcomeCodec::decode, value);
  }

  @Override
  public List<SessionImage> sessions() {
    List<SessionImage> images = new ArrayList<>();
    List<SessionHeader> header = new ArrayList<>();
    List<Long> recorded = new ArrayList<>();
    database.scan(
        StateFamily.SESSION,
        SessionBytes.headerRow(0),
        null,
        (row, value) -> {
          if (SessionBytes.isHeaderRow(row)) {
            header.forEach(last -> images.add(new SessionImage(last, recorded)));
            header.clear();
            recorded.clear();
            header.add(SessionBytes.header(row, value));
          } else {
            recorded.add(SessionBytes.sequence(row));
          }
          return true;
        });
    header.forEach(last -> images.add(new SessionImage(last, recorded)));
    return images;
  }

  @Override
  public List<JournalRecord> recordsAfter(long afterOrder, int countMax) {
    List<JournalRecord> records = new ArrayList<>();
    long[] bytes = {0};
    database.scan(
        StateFamily.JOURNAL,
        SlotWriter.journalRow(afterOrder + 1),
        null,
        (row, value) -> {
          records.add(decoded(RecordCodec::decode, value));
          bytes[0] += value.length;
          return records.size() < countMax && bytes[0] < RECORDS_BYTES_MAX;
        });
    if (!records.isEmpty() && records.getFirst().order() != afterOrder + 1) {
      throw new IllegalArgumentException(
          "the record of order ID %d is no longer retained, the first one is %d"
              .formatted(afterOrder + 1, records.getFirst().order()));
    }
    return records;
  }

  private static <T> T decoded(Function<byte[], T> codec, byte[] row) {
    try {
      return codec.apply(row);
    } catch (IllegalArgumentException e) {
      throw StorageFailure.unreadable("a row", String.valueOf(e.getMessage()));
    }
  }

  /** Flushes and closes; after a failed write it only closes. */
  @Override
  public void close() {
    try {
      if (database.isSound()) {
        database.flush();
      }
    } finally {
      database.close();
    }
  }

  /** Closes as a crash would: what was not flushed is lost. */
  void abandon() {
    database.close();
  }
}
