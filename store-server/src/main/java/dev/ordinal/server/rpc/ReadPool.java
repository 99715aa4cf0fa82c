package dev.ordinal.server.rpc;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Threads for reads that may take long. Platform threads: RocksDB is native code, which would pin
 * the carrier of a virtual one.
 */
public final class ReadPool implements AutoCloseable {
  private final ThreadPoolExecutor executor;
  private final int queueMax;

  public ReadPool(int threads, int queueMax) {
    this.queueMax = queueMax;
    this.executor =
        new ThreadPoolExecutor(
            threads,
            threads,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(queueMax),
            Thread.ofPlatform().name("read-", 0).daemon().factory());
  }

  /** Throws the error for the caller if too much waits already. */
  void run(Runnable read) {
    try {
      executor.execute(read);
    } catch (RejectedExecutionException e) {
      throw Errors.overloaded("reads", executor.getQueue().size(), queueMax);
    }
  }

  @Override
  public void close() {
    executor.shutdown();
    try {
      var _ = executor.awaitTermination(1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
