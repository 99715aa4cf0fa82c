package dev.ordinal.consensus.log;

import dev.ordinal.consensus.core.Change;
import dev.ordinal.consensus.core.Image;
import dev.ordinal.consensus.core.Stretch;
import dev.ordinal.consensus.entry.EntryHash;
import dev.ordinal.consensus.entry.LogPoint;
import dev.ordinal.consensus.entry.LoggedEntry;
import dev.ordinal.consensus.quorum.Configuration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/** The log in a RocksDB of its own: one group is one write batch and one sync. */
public final class RocksLog implements LogStore {
  private static final String DATABASE = "db";
  private static final String MARK = "mark";

  /** How old the mark on the disk may be while groups are written. */
  private static final long MARK_AGE_NANOS_MAX = 1_000_000_000L;

  private final LogDatabase database;
  private final MarkFile marks;
  private volatile HardState state;
  private volatile LogFigures figures = LogFigures.NONE;
  private volatile @Nullable LogFailure failure;
  private long markSyncedNanos = System.nanoTime();

  private final LogCleaner cleaner;

  private RocksLog(LogDatabase database, MarkFile marks, HardState state) {
    this.database = database;
    this.marks = marks;
    this.state = state;
    this.cleaner = new LogCleaner(database, e -> fail("drop old entries", e));
  }

  /** Makes an empty log in {@code dir}, which must not exist. */
  static void create(Path dir, Configuration first) throws IOException {
    Files.createDirectory(dir);
    Path path = dir.resolve(DATABASE);
    try (LogDatabase database = new LogDatabase(path, true)) {
      database.putHard(HardState.formatted(first));
      database.commit();
    } catch (RocksDBException e) {
      throw failed("create the log in " + path, e);
    }
    MarkFile.create(dir.resolve(MARK));
    DataDirectory.sync(dir);
  }

  /**
   * Opens the log of a data directory.
   *
   * @throws DirectoryRefused if the directory is not formatted, or is open in another process
   * @throws LogFailure if the disk refuses
   */
  public static Opened open(Path dataDirectory) {
    DataDirectory.identify(dataDirectory);
    Path dir = DataDirectory.log(dataDirectory);
    if (!Files.exists(dir.resolve(DATABASE)) || !Files.exists(dir.resolve(MARK))) {
      return damaged(dir, "the log or its mark is gone");
    }
    LogDatabase database;
    try {
      database = new LogDatabase(dir.resolve(DATABASE), false);
    } catch (RocksDBException e) {
      return refused(dir, e);
    }
    Opened opened;
    try {
      opened = open(dir, database);
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
    if (opened instanceof Opened.Damaged) {
      database.close();
    }
    return opened;
  }

  private static Opened refused(Path dir, RocksDBException e) {
    String message = String.valueOf(e.getMessage());
    if (message.contains("/LOCK")) {
      throw new DirectoryRefused(
          DirectoryRefused.Reason.IN_USE,
          "the log in " + dir + " is open in another process (" + message + "): stop that first");
    }
    if (isCorruption(e)) {
      return damaged(dir, message);
    }
    throw failed("open the log in " + dir, e);
  }

  private static Opened open(Path dir, LogDatabase database) {
    try {
      String notTaken = database.optionsNotTaken(dir.resolve(DATABASE));
      if (!notTaken.isEmpty()) {
        throw new IllegalStateException(
            "RocksDB changed options that the log relies on: " + notTaken);
      }
      Optional<MarkFile> marks = MarkFile.open(dir.resolve(MARK));
      if (marks.isEmpty()) {
        return damaged(dir, "neither slot of the mark is intact");
      }
      return judge(dir, database, marks.get());
    } catch (RocksDBException e) {
      return refused(dir, e);
    } catch (IOException e) {
      throw new LogFailure(LogFailure.Kind.STORAGE, "cannot open the log in " + dir + ": " + e, e);
    }
  }

  private static Opened judge(Path dir, LogDatabase database, MarkFile marks)
      throws IOException, RocksDBException {
    Mark mark = marks.mark();
    RocksLog log;
    Image image;
    try {
      log = new RocksLog(database, marks, EntryCodec.decodeHard(database.hard()));
      image = log.image();
    } catch (LogFailure e) {
      marks.close();
      return damaged(dir, e.getMessage());
    }
    if (image.group() < mark.synced()) {
      marks.close();
      return damaged(
          dir, "group %d was durable, the log ends at %d".formatted(mark.synced(), image.group()));
    }
    if (image.promised().compareTo(mark.promised()) < 0) {
      marks.close();
      return damaged(
          dir, "%s was promised, the log says %s".formatted(mark.promised(), image.promised()));
    }
    marks.write(mark.nextBoot().synced(image.group(), image.promised()));
    marks.sync();
    log.cleaner.start(log.base().slot());
    return mark.begun() > image.group()
        ? new Opened.Torn(log, image, mark.begun())
        : new Opened.Clean(log, image);
  }

  private static Opened damaged(Path dir, @Nullable String what) {
    return new Opened.Damaged(
        "the log in %s is damaged: %s; votes of this node may be forgotten: replace it by a new one"
            .formatted(dir, what));
  }

  @Override
  public void write(long group, List<Change> changes) {
    checkUsable();
    long started = System.nanoTime();
    HardState now = state;
    HardState next = now.after(group, changes, slot -> hashThrough(slot, now.base()));
    long appended = 0;
    long bytes = 0;
    try {
      marks.write(marks.mark().begun(group));
      long last = state.last();
      for (Change change : changes) {
        switch (change) {
          case Change.Append(LoggedEntry logged) -> {
            byte[] key = EntryCodec.key(logged.slot());
            database.putEntry(key, EntryCodec.encode(key, logged));
            last = logged.slot();
            appended++;
            bytes += logged.entry().payload().length();
          }
          case Change.TruncateFrom(long slot) -> {
            for (; last >= slot; last--) {
              database.deleteEntry(last);
            }
          }
          case Change.RaiseBase(LogPoint base) -> last = Math.max(last, base.slot());
          case Change.SetBallots _, Change.SetStretch _, Change.SetDecided _ -> {}
        }
      }
      commit(next);
    } catch (RocksDBException | IOException e) {
      throw fail("write group " + group, e);
    }
    figures = figures.plus(appended, bytes, System.nanoTime() - started);
  }

  /** A promise is revealed only after the mark has it too: then its loss cannot go unseen. */
  private void commit(HardState next) throws RocksDBException, IOException {
    boolean promises = !next.promised().equals(state.promised());
    database.putHard(next);
    database.commit();
    boolean raised = next.base().slot() > state.base().slot();
    state = next;
    if (raised) {
      cleaner.clean(next.base().slot());
    }
    marks.write(marks.mark().synced(next.group(), next.promised()));
    if (promises || System.nanoTime() - markSyncedNanos >= MARK_AGE_NANOS_MAX) {
      syncMark();
    }
  }

  private void syncMark() throws IOException {
    marks.sync();
    markSyncedNanos = System.nanoTime();
  }

  @Override
  public List<LoggedEntry> read(long from, long through, long payloadBytesMax) {
    checkUsable();
    cleaner.hold();
    try {
      HardState now = state;
      long end = Math.min(through, now.last());
      if (from <= now.base().slot() || from > end) {
        return List.of();
      }
      return read(from, end, hashThrough(from - 1, now.base()), payloadBytesMax);
    } catch (RocksDBException e) {
      throw fail("read slots " + from + " through " + through, e);
    } catch (LogFailure e) {
      failure = e;
      throw e;
    } finally {
      cleaner.release();
    }
  }

  private List<LoggedEntry> read(long from, long through, EntryHash before, long payloadBytesMax)
      throws RocksDBException {
    ReadRun run = new ReadRun(from, before, payloadBytesMax);
    boolean[] full = {false};
    database.scan(
        from,
        through,
        (key, value) -> {
          full[0] = !run.add(EntryCodec.decode(key, value));
          return !full[0];
        });
    if (!full[0] && run.through() < through) {
      throw new LogFailure(
          LogFailure.Kind.CORRUPT,
          "slot " + (run.through() + 1) + " is missing from the log, which ends at " + through,
          null);
    }
    return run.entries();
  }

  /** From {@code base} on, whose successors nobody drops meanwhile. */
  private EntryHash hashThrough(long slot, LogPoint base) {
    if (slot == base.slot()) {
      return base.hash();
    }
    byte[] key = EntryCodec.key(slot);
    try {
      return EntryCodec.decode(key, database.entry(key)).hash();
    } catch (RocksDBException e) {
      throw fail("read slot " + slot, e);
    }
  }

  private Image image() throws RocksDBException {
    HardState now = state;
    EntryHash decidedHash = hashThrough(now.decided(), now.base());
    List<LoggedEntry> tail =
        now.last() == now.decided()
            ? List.of()
            : read(now.decided() + 1, now.last(), decidedHash, Long.MAX_VALUE);
    return new Image(
        now.group(),
        now.promised(),
        now.accepted(),
        now.stretch(),
        new Image.Extent(now.base(), bytes()),
        now.decided(),
        decidedHash,
        tail);
  }

  @Override
  public LogPoint base() {
    return state.base();
  }

  @Override
  public Stretch stretch() {
    return state.stretch();
  }

  @Override
  public long bytes() {
    try {
      return database.entryBytes();
    } catch (RocksDBException e) {
      throw fail("measure the entries", e);
    }
  }

  @Override
  public void settle() {
    checkUsable();
    try {
      syncMark();
    } catch (IOException e) {
      throw fail("sync the mark", e);
    }
  }

  @Override
  public long boot() {
    return marks.mark().boot();
  }

  @Override
  public LogFigures figures() {
    return figures;
  }

  @Override
  public long nativeBytes() {
    try {
      return database.nativeBytes();
    } catch (RocksDBException e) {
      throw failed("measure the log in " + database.name(), e);
    }
  }

  @Override
  public void close() {
    cleaner.close();
    if (failure == null) {
      try {
        marks.sync();
        marks.close();
      } catch (IOException e) {
        failure = new LogFailure(LogFailure.Kind.STORAGE, "cannot close the mark: " + e, e);
      }
    }
    database.close();
  }

  private void checkUsable() {
    LogFailure earlier = failure;
    if (earlier != null) {
      throw new LogFailure(
          earlier.kind(), "the log failed before: " + earlier.getMessage(), earlier);
    }
  }

  private LogFailure fail(String what, Exception e) {
    LogFailure failed = failed(what + " of the log in " + database.name(), e);
    failure = failed;
    return failed;
  }

  private static LogFailure failed(String what, Exception e) {
    LogFailure.Kind kind =
        e instanceof RocksDBException rocks && isCorruption(rocks)
            ? LogFailure.Kind.CORRUPT
            : LogFailure.Kind.STORAGE;
    return new LogFailure(kind, "cannot " + what + ": " + e.getMessage(), e);
  }

  private static boolean isCorruption(RocksDBException e) {
    return e.getStatus() != null && e.getStatus().getCode() == Status.Code.Corruption;
  }
}
