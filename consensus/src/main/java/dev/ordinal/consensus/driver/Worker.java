package dev.ordinal.consensus.driver;

import java.util.Queue;
import java.util.function.Consumer;
import org.jctools.queues.atomic.SpscUnboundedAtomicArrayQueue;

/** A thread that works off what one other thread gives it, in order. */
final class Worker<T> {
  private static final long REST_NANOS = 1_000_000_000L;

  private final Queue<T> queue = new SpscUnboundedAtomicArrayQueue<>(256);
  private final Bell bell = new Bell();
  private final Work<T> work;
  private final Thread thread;
  private volatile boolean closing;

  /** What a worker does with an item, and when none is left. */
  interface Work<T> {
    void run(T item);

    /** The queue ran empty, or was empty for another second. */
    void rest();
  }

  Worker(String name, Work<T> work, Consumer<Throwable> failed) {
    this.work = work;
    this.thread =
        Thread.ofPlatform()
            .name(name)
            .uncaughtExceptionHandler((_, failure) -> failed.accept(failure))
            .unstarted(this::loop);
  }

  void start() {
    thread.start();
  }

  void give(T item) {
    queue.add(item);
    bell.ring();
  }

  int waiting() {
    return queue.size();
  }

  private void loop() {
    while (true) {
      boolean last = closing;
      T item = queue.poll();
      while (item != null) {
        work.run(item);
        item = queue.poll();
      }
      work.rest();
      if (last) {
        return;
      }
      bell.await(() -> queue.isEmpty() && !closing, REST_NANOS);
    }
  }

  /** Returns when everything given before is done. */
  void close() throws InterruptedException {
    closing = true;
    bell.ring();
    thread.join();
  }
}
