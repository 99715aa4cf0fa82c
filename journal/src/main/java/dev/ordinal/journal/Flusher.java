package dev.ordinal.journal;

import dev.ordinal.journal.store.StateStore;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread that makes the state durable from time to time, so that applying never waits. */
final class Flusher implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Flusher.class);

  private final StateStore store;
  private final FlushPolicy policy;
  private final Consumer<RuntimeException> failed;
  private final Thread thread;

  /** Applied since the last flush began. Guarded by this. */
  private long pendingBytes;

  private long pendingSlots;
  private long oldestNanos;
  private boolean closed;

  private volatile long durableSlot;

  Flusher(StateStore store, FlushPolicy policy, Consumer<RuntimeException> failed) {
    this.store = store;
    this.policy = policy;
    this.failed = failed;
    this.durableSlot = store.head().slot().slot();
    this.thread = Thread.ofPlatform().name("journal-flush").daemon().unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /** The slot through which the state survives a crash, at least. */
  long durableSlot() {
    return durableSlot;
  }

  /** One more slot was written, for commands of so many bytes. */
  synchronized void applied(long bytes) {
    if (pendingSlots == 0) {
      oldestNanos = System.nanoTime();
      notifyAll();
    }
    pendingSlots++;
    pendingBytes += bytes;
    if (pendingBytes >= policy.bytesMax()) {
      notifyAll();
    }
  }

  /** Makes durable what was written before the call; answers the slot through which it is. */
  long flush() {
    synchronized (this) {
      pendingSlots = 0;
      pendingBytes = 0;
    }
    long slot = store.flush();
    raise(slot);
    return slot;
  }

  private synchronized void raise(long slot) {
    durableSlot = Math.max(durableSlot, slot);
  }

  private void run() {
    try {
      while (awaitDue()) {
        long slot = flush();
        LOG.atDebug().addKeyValue("slot", slot).log("state is durable");
      }
    } catch (RuntimeException e) {
      failed.accept(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns when a flush is due; false: there will be none any more. */
  private synchronized boolean awaitDue() throws InterruptedException {
    while (!closed) {
      long restNanos = oldestNanos + policy.ageMax().toNanos() - System.nanoTime();
      if (pendingSlots == 0) {
        wait();
      } else if (pendingBytes >= policy.bytesMax() || restNanos <= 0) {
        return true;
      } else {
        wait(restNanos / 1_000_000, (int) (restNanos % 1_000_000));
      }
    }
    return false;
  }

  /** Waits for a flush that is under way; starts none. */
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
