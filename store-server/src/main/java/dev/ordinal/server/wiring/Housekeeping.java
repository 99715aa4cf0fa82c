package dev.ordinal.server.wiring;

import dev.ordinal.journal.store.StateStore;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Flushes the state now and then, so that little has to be replayed after a crash. */
final class Housekeeping implements AutoCloseable {
  private static final long FLUSH_SECONDS = 30;

  private final ScheduledExecutorService executor =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("housekeeping").daemon().factory());
  private final StateStore state;
  private final Consumer<Throwable> failed;
  private long flushedSlot;

  Housekeeping(StateStore state, Consumer<Throwable> failed) {
    this.state = state;
    this.failed = failed;
    var _ =
        executor.scheduleWithFixedDelay(
            this::flush, FLUSH_SECONDS, FLUSH_SECONDS, TimeUnit.SECONDS);
  }

  private void flush() {
    try {
      if (state.head().slot().slot() > flushedSlot) {
        flushedSlot = state.flush();
      }
    } catch (RuntimeException e) {
      failed.accept(e);
    }
  }

  @Override
  public void close() {
    executor.shutdown();
    try {
      var _ = executor.awaitTermination(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
