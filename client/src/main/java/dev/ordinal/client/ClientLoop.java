package dev.ordinal.client;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * The client's one thread: it does the network I/O of all its channels, and everything about
 * commits and routing happens on it, so that none of that needs a lock.
 */
final class ClientLoop {
  private final EventLoopGroup group;
  private final EventLoop loop;

  ClientLoop() {
    this.group =
        new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory("ordinal-client", true), NioIoHandler.newFactory());
    this.loop = group.next();
  }

  EventLoopGroup group() {
    return group;
  }

  /** Runs it now if this is the loop's thread, otherwise soon. */
  void run(Runnable task) {
    if (loop.inEventLoop()) {
      task.run();
    } else {
      loop.execute(task);
    }
  }

  /** Runs it after what the loop is doing now. */
  void later(Runnable task) {
    loop.execute(task);
  }

  void after(Duration delay, Runnable task) {
    var unused = loop.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
  }

  boolean inLoop() {
    return loop.inEventLoop();
  }

  void checkMayWait() {
    if (loop.inEventLoop()) {
      throw new IllegalStateException(
          "this thread completes the client's futures and must not wait; chain with an Async"
              + " method or use commitAsync");
    }
  }

  /**
   * Waits for a future of this client.
   *
   * @throws OrdinalException if it ended with one
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  <T> T await(CompletableFuture<T> future) throws InterruptedException {
    checkMayWait();
    try {
      return future.get();
    } catch (ExecutionException e) {
      OrdinalException failure = OrdinalException.of(e);
      failure.addSuppressed(new IllegalStateException("waited for here"));
      throw failure;
    }
  }

  /** {@link #await} for calls that only read: an interrupt ends them. */
  <T> T awaitRead(CompletableFuture<T> future) {
    try {
      return await(future);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new OrdinalException(OrdinalException.Kind.TIMED_OUT, "interrupted while waiting", e);
    }
  }

  void close() {
    var unused = group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }
}
