package dev.ordinal.consensus.log;

import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import org.rocksdb.RocksDBException;

/**
 * The thread that drops what lies at or below the base of a log, once the base is durable. It waits
 * for reads, which began when the base was lower.
 */
final class LogCleaner implements AutoCloseable {
  private final LogDatabase database;
  private final Consumer<RocksDBException> failed;
  private final Thread thread;
  private final ReentrantReadWriteLock reads = new ReentrantReadWriteLock();

  /** Guarded by this. */
  private long wanted;

  private boolean closed;

  LogCleaner(LogDatabase database, Consumer<RocksDBException> failed) {
    this.database = database;
    this.failed = failed;
    this.thread = Thread.ofPlatform().name("consensus-clean").daemon().unstarted(this::run);
  }

  /** The log begins behind {@code base}; what is left below goes again. */
  void start(long base) {
    wanted = base;
    thread.start();
  }

  /** Everything through {@code slot} may go. */
  synchronized void clean(long slot) {
    wanted = slot;
    notifyAll();
  }

  /** A read begins; nothing is dropped before {@link #release}. */
  void hold() {
    reads.readLock().lock();
  }

  void release() {
    reads.readLock().unlock();
  }

  private void run() {
    try {
      long done = 0;
      while (true) {
        long slot = next(done);
        if (slot == done) {
          return;
        }
        drop(slot);
        done = slot;
      }
    } catch (RocksDBException e) {
      failed.accept(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits for more than {@code done}; answers that again if there will be none. */
  private synchronized long next(long done) throws InterruptedException {
    while (wanted == done && !closed) {
      wait();
    }
    return closed ? done : wanted;
  }

  private void drop(long slot) throws RocksDBException {
    reads.writeLock().lock();
    try {
      database.dropFilesThrough(slot);
    } finally {
      reads.writeLock().unlock();
    }
  }

  /** Returns when nothing is dropped any more. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    boolean interrupted = false;
    while (thread.isAlive() && !interrupted) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
