package dev.ordinal.journal.store;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Keeps native memory from being freed while a thread is inside: what RocksDB is asked after its
 * end, it answers with a crash of the process.
 */
final class Lifetime {
  private final AtomicInteger users = new AtomicInteger();
  private volatile boolean ended;

  /** To be paired with {@link #leave}. Throws {@link IllegalStateException} after the end. */
  void enter() {
    users.incrementAndGet();
    if (ended) {
      leave();
      throw new IllegalStateException("the state store is closed");
    }
  }

  void leave() {
    if (users.decrementAndGet() == 0 && ended) {
      synchronized (this) {
        notifyAll();
      }
    }
  }

  /**
   * Lets nobody in any more and returns when the last one has left. Answers false if another caller
   * did that already.
   */
  synchronized boolean end() {
    if (ended) {
      return false;
    }
    ended = true;
    boolean interrupted = false;
    while (users.get() > 0) {
      try {
        wait();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return true;
  }
}
