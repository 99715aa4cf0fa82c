package dev.ordinal.server.rpc;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** The thread that tells subscribers what the journal has for them, a message each in turn. */
public final class FeedThread implements AutoCloseable {
  private static final long REST_NANOS_MAX = TimeUnit.SECONDS.toNanos(1);

  private final int subscribersMax;
  private final Replies replies;
  private final List<Subscriber> subscribers = new CopyOnWriteArrayList<>();
  private final Thread thread;
  private volatile boolean closed;
  private volatile boolean woken;

  /**
   * @param failStop ends the process: the first storage error is the last
   */
  public FeedThread(int subscribersMax, Consumer<RuntimeException> failStop) {
    this.replies = new Replies(failStop);
    this.subscribersMax = subscribersMax;
    this.thread = Thread.ofPlatform().name("feed").daemon().start(this::run);
  }

  /** Throws the error for the caller if there are too many subscribers. */
  void requireRoom() {
    if (subscribers.size() >= subscribersMax) {
      throw Errors.overloaded("subscribers", subscribers.size(), subscribersMax);
    }
  }

  void add(Subscriber subscriber) {
    subscribers.add(subscriber);
    wake();
  }

  /** Cheap while nobody subscribes, or while the thread is awake. */
  void wake() {
    if (!woken && !subscribers.isEmpty()) {
      woken = true;
      LockSupport.unpark(thread);
    }
  }

  private void run() {
    while (!closed) {
      woken = false;
      long restNanos = REST_NANOS_MAX;
      for (Subscriber subscriber : subscribers) {
        restNanos = Math.min(restNanos, pump(subscriber));
      }
      if (restNanos > 0 && !woken) {
        LockSupport.parkNanos(this, restNanos);
      }
    }
  }

  private long pump(Subscriber subscriber) {
    if (subscriber.isGone()) {
      remove(subscriber);
      return Long.MAX_VALUE;
    }
    try {
      return subscriber.pump(System.nanoTime());
    } catch (RuntimeException e) {
      remove(subscriber);
      subscriber.fail(replies.explained(e));
    }
    return Long.MAX_VALUE;
  }

  private void remove(Subscriber subscriber) {
    subscribers.remove(subscriber);
    subscriber.close();
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
    try {
      thread.join(TimeUnit.SECONDS.toMillis(1));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
