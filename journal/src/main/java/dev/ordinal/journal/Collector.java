package dev.ordinal.journal;

import dev.ordinal.journal.feed.Feed;
import dev.ordinal.journal.state.Head;
import dev.ordinal.journal.store.StateStore;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that removes what is below the floor, in steps that applying hardly notices: each is
 * one small write, and after each it rests for longer than it worked.
 */
final class Collector implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Collector.class);

  /** Of one step: what a large transaction writes, so that no slot waits for more than that. */
  private static final int EFFECTS_MAX = 512;

  /** Rest for each time of work, as its processor counts it: at most a third of a processor. */
  private static final int REST_SHARE = 2;

  /** With more order IDs than this to go there is no rest: it must not fall behind for good. */
  private static final long BACKLOG_ORDERS_MAX = 1 << 14;

  private static final ThreadMXBean PROCESSOR = ManagementFactory.getThreadMXBean();

  private static final Duration IDLE = Duration.ofMillis(200);

  /** How long at least what is below the floor is kept for subscribers that still need it. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final StateStore store;
  private final Feed feed;
  private final Consumer<RuntimeException> failed;
  private final Thread thread;

  /** The floor when the present span of {@link #PATIENCE} began, and one before. */
  private long spanFloor;

  private long overdueFloor;
  private long spanBeganNanos = System.nanoTime();

  /** Guarded by this. */
  private boolean closed;

  Collector(StateStore store, Feed feed, Consumer<RuntimeException> failed) {
    this.store = store;
    this.feed = feed;
    this.failed = failed;
    this.thread = Thread.ofPlatform().name("journal-collect").daemon().unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  private void run() {
    try {
      long restNanos = 0;
      while (rested(restNanos)) {
        long began = PROCESSOR.getCurrentThreadCpuTime();
        long through = through(System.nanoTime());
        boolean more = store.collect(through, EFFECTS_MAX);
        long worked = PROCESSOR.getCurrentThreadCpuTime() - began;
        boolean late = through - store.collectedThrough() > BACKLOG_ORDERS_MAX;
        restNanos = more ? late ? 0 : REST_SHARE * worked : IDLE.toNanos();
      }
    } catch (RuntimeException e) {
      failed.accept(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private long through(long nowNanos) {
    Head head = store.head();
    long floor = head.retention().floor();
    if (nowNanos - spanBeganNanos >= PATIENCE.toNanos()) {
      overdueFloor = spanFloor;
      spanFloor = floor;
      spanBeganNanos = nowNanos;
    }
    long pin = feed.lowestPin();
    if (pin < overdueFloor) {
      LOG.atDebug().addKeyValue("order", pin).log("a subscriber is too slow to be waited for");
    }
    return head.retention().dispensable(head.horizon().order(), pin, overdueFloor);
  }

  /** False: it is closed. */
  private synchronized boolean rested(long nanos) throws InterruptedException {
    long until = System.nanoTime() + nanos;
    for (long rest = nanos; rest > 0 && !closed; rest = until - System.nanoTime()) {
      wait(rest / 1_000_000, (int) (rest % 1_000_000));
    }
    return !closed;
  }

  /** Waits for a step that is under way. */
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
