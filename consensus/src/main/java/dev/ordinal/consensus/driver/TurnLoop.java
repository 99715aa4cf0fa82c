package dev.ordinal.consensus.driver;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Turns on the thread that receives from peers, see {@link PeerTransport#loop}: tasks among others
 * there. What a turn sends has its place in the queue before what it defers by {@link #execute}.
 */
final class TurnLoop implements Turns, Executor {
  /** Then sockets on the thread have the word. */
  private static final int TURNS_MAX = 16;

  private final ScheduledExecutorService loop;
  private final Duration tick;
  private final Turn turn;
  private final Consumer<Throwable> failed;
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private @Nullable Future<?> ticking;

  /** The ID of the thread while it is inside a task of ours; else 0. */
  private volatile long insideOf;

  TurnLoop(ScheduledExecutorService loop, Duration tick, Turn turn, Consumer<Throwable> failed) {
    this.loop = loop;
    this.tick = tick;
    this.turn = turn;
    this.failed = failed;
  }

  @Override
  public void start() {
    long nanos = tick.toNanos();
    ticking = loop.scheduleAtFixedRate(this::wake, nanos, nanos, TimeUnit.NANOSECONDS);
  }

  @Override
  public void wake() {
    if (!turn.isOver() && scheduled.compareAndSet(false, true)) {
      if (Thread.currentThread().threadId() == insideOf) {
        afterOthers(this::run);
      } else {
        execute(this::run);
      }
    }
  }

  /**
   * As a timer that is due at once: an event loop reads its sockets before it looks for those, but
   * goes on with plain tasks as long as there are any.
   */
  private void afterOthers(Runnable task) {
    try {
      Future<?> _ = loop.schedule(() -> guarded(task), 0, TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      // the transport has ended: nothing more can come or go
    }
  }

  private void run() {
    scheduled.set(false);
    int turns = 0;
    while (turns < TURNS_MAX && turn.take()) {
      turns++;
    }
    if (!turn.isIdle()) {
      wake();
    }
  }

  /** Runs {@code task} on the thread, after what waits there. */
  @Override
  public void execute(Runnable task) {
    try {
      loop.execute(() -> guarded(task));
    } catch (RejectedExecutionException e) {
      // the transport has ended: nothing more can come or go
    }
  }

  private void guarded(Runnable task) {
    insideOf = Thread.currentThread().threadId();
    try {
      task.run();
    } catch (RuntimeException | Error failure) {
      failed.accept(failure);
    } finally {
      insideOf = 0;
    }
  }

  @Override
  public void close() throws InterruptedException {
    if (ticking != null) {
      ticking.cancel(false);
    }
    try {
      loop.submit(() -> {}).get(); // the last turn has ended
      loop.submit(() -> {}).get(); // and what it deferred
    } catch (RejectedExecutionException e) {
      // it has ended before
    } catch (ExecutionException e) {
      throw new IllegalStateException("an empty task failed", e);
    }
  }
}
