package dev.ordinal.journal.store;

import dev.ordinal.journal.record.JournalRecord;
import dev.ordinal.journal.record.Version;
import dev.ordinal.journal.transaction.Key;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Removes versions that nobody can ask for any more. The journal is its work list: its cursor says
 * through which record everything dispensable is gone, and is a row that each step writes in one
 * batch with its deletes.
 *
 * <p>Whoever writes a slot and whoever takes a step exclude each other, for one reason: a deletion
 * stands in the newest versions until its key is written again, which moves it into history. Where
 * it is must not change between the look and the delete; and whoever moves it must know whether it
 * is still there, which the cursor tells (a deletion at or before it is gone, one after it is not).
 * All else is safe without: rows of history are put once, and the cursor's records never change.
 */
final class RowCollector {
  private final StateDatabase database;
  private final VersionReader reader;

  /** Held while a slot is written, and for the last part of a step. */
  private final ReentrantLock writing = new ReentrantLock();

  /** Raised before a step's deletes can be seen. Changed with the lock held. */
  private volatile long through;

  /** The cursor below which files of the journal were dropped. Used by the thread that flushes. */
  private long droppedThrough;

  private final LongAdder removed = new LongAdder();
  private volatile long longestWaitNanos;

  RowCollector(StateDatabase database, VersionReader reader) {
    this.database = database;
    this.reader = reader;
    byte[] row = database.get(StateFamily.META, MetaBytes.COLLECTED_ROW);
    this.through = row == null ? 0 : MetaBytes.collected(row);
    this.droppedThrough = through;
  }

  long through() {
    return through;
  }

  CollectionFigures figures() {
    return new CollectionFigures(through, removed.sum(), longestWaitNanos);
  }

  /** To be paired with {@link #endWrite}; by the thread that writes. */
  void beginWrite() {
    if (writing.tryLock()) {
      return;
    }
    long began = System.nanoTime();
    writing.lock();
    longestWaitNanos = Math.max(longestWaitNanos, System.nanoTime() - began);
  }

  void endWrite() {
    writing.unlock();
  }

  /**
   * Whether {@code prior}, the newest version of a key before the slot that is being written, has a
   * row that must move into history.
   */
  boolean isKept(Version prior) {
    return prior.state().exists() || prior.order() > through;
  }

  /** Removes what {@code records}, the next after the cursor, leave behind. */
  void collect(List<JournalRecord> records) {
    Dispensable dispensable = Dispensable.after(records);
    List<Dispensable.Place> deletions = dispensable.deletions();
    List<Key> deleted = deletions.stream().map(Dispensable.Place::key).toList();
    try (StateDatabase.Removal removal = database.new Removal()) {
      for (Dispensable.Place place : dispensable.superseded()) {
        removal.deleteOnce(StateFamily.HISTORY, HistoryKey.of(place.key(), place.order()));
      }
      byte[] cursor = MetaBytes.encodeCollected(dispensable.through());
      removal.put(StateFamily.META, MetaBytes.COLLECTED_ROW, cursor);
      reader.newest(deleted); // from the disk now, so that the look with the lock held is quick
      writing.lock();
      try {
        remove(deletions, reader.newest(deleted), removal);
        through = dispensable.through();
        removal.write();
      } finally {
        writing.unlock();
      }
    }
    removed.add(dispensable.size());
  }

  /** Deletions are where {@code newest}, the newest versions of their keys, says. */
  private static void remove(
      List<Dispensable.Place> deletions,
      List<@Nullable Version> newest,
      StateDatabase.Removal removal) {
    for (int i = 0; i < newest.size(); i++) {
      Dispensable.Place place = deletions.get(i);
      Version found = newest.get(i);
      if (found != null && found.order() == place.order()) {
        removal.delete(StateFamily.NEWEST, place.key().bytes());
      } else {
        removal.deleteOnce(StateFamily.HISTORY, HistoryKey.of(place.key(), place.order()));
      }
    }
  }

  /** The cursor as far as it is written: a flush that begins later makes it durable. */
  long written() {
    writing.lock();
    try {
      return through;
    } finally {
      writing.unlock();
    }
  }

  /**
   * Drops those files of the journal that hold nothing after {@code durable}. Files go at once and
   * for good, so the cursor must be durable before: a crash would else bring back a state whose
   * journal is gone. What shares a file with later records goes with the file, in time.
   */
  void dropFiles(long durable) {
    if (durable > droppedThrough) {
      database.dropFiles(
          StateFamily.JOURNAL, SlotWriter.journalRow(0), SlotWriter.journalRow(durable));
      droppedThrough = durable;
    }
  }
}
