package dev.ordinal.consensus.driver;

import dev.ordinal.consensus.core.Bounds;
import dev.ordinal.consensus.core.Event;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;
import org.jctools.queues.atomic.MpscAtomicArrayQueue;

/**
 * What waits for the consensus thread. Peers and clients have a bounded lane each, so that a flood
 * of requests cannot starve heartbeats. What this process itself reports, durable groups and
 * applied slots, is a number that only grows: it needs no room and is never dropped.
 */
final class Inbox {
  private final Lane messages;
  private final Lane requests;
  private final Runnable wake;
  private volatile long persisted;
  private volatile long applied;
  private volatile boolean appliedAwaited;
  private long persistedTaken;
  private long appliedTaken;

  /**
   * {@code group} and {@code slot} are what the replica starts with.
   *
   * @param wake called, on any thread, after something came that should be taken soon
   */
  Inbox(Bounds messages, Bounds requests, long group, long slot, Runnable wake) {
    this.wake = wake;
    this.messages = new Lane(messages);
    this.requests = new Lane(requests);
    this.persisted = group;
    this.persistedTaken = group;
    this.applied = slot;
    this.appliedTaken = slot;
  }

  /** Answers false if there is no room for what a peer says. */
  boolean offerMessage(Event event, long bytes) {
    return offer(messages, event, bytes);
  }

  /** Answers false if there is no room for what a client asks. */
  boolean offerRequest(Event event, long bytes) {
    return offer(requests, event, bytes);
  }

  private boolean offer(Lane lane, Event event, long bytes) {
    if (!lane.offer(event, bytes)) {
      return false;
    }
    wake.run();
    return true;
  }

  int requestsWaiting() {
    return requests.queue.size();
  }

  /** Groups become durable in their order, reported by one thread. */
  void persisted(long group) {
    persisted = group;
    wake.run();
  }

  /**
   * Slots are applied in their order, reported by one thread. Wakes nobody unless it is awaited:
   * for each commit that would be one wake-up more.
   */
  void applied(long slot) {
    applied = slot;
    if (appliedAwaited) {
      wake.run();
    }
  }

  /**
   * For the taking thread: whether it should be woken by {@link #applied}. Reports that came before
   * the call are seen by {@link #isEmpty} after it.
   */
  void awaitApplied(boolean awaited) {
    if (appliedAwaited != awaited) {
      appliedAwaited = awaited;
    }
  }

  /** Adds what waits, at most about {@code max} events, the process's own reports first. */
  void take(List<Event> into, int max) {
    for (long durable = persisted; persistedTaken < durable; ) {
      persistedTaken++;
      into.add(new Event.Persisted(persistedTaken));
    }
    long slot = applied;
    if (slot > appliedTaken) {
      appliedTaken = slot;
      into.add(new Event.Applied(slot));
    }
    messages.take(into, max);
    requests.take(into, max);
  }

  /** For the taking thread: whether there is nothing to take. */
  boolean isEmpty() {
    return persisted == persistedTaken
        && applied == appliedTaken
        && messages.queue.isEmpty()
        && requests.queue.isEmpty();
  }

  private record Sized(Event event, long bytes) {}

  private static final class Lane {
    private final Queue<Sized> queue;
    private final long bytesMax;
    private final AtomicLong bytes = new AtomicLong();

    Lane(Bounds bounds) {
      queue = new MpscAtomicArrayQueue<>(bounds.countMax());
      bytesMax = bounds.bytesMax();
    }

    boolean offer(Event event, long size) {
      if (bytes.addAndGet(size) - size < bytesMax && queue.offer(new Sized(event, size))) {
        return true;
      }
      bytes.addAndGet(-size);
      return false;
    }

    void take(List<Event> into, int max) {
      long taken = 0;
      while (into.size() < max) {
        Sized next = queue.poll();
        if (next == null) {
          break;
        }
        into.add(next.event);
        taken += next.bytes;
      }
      if (taken > 0) {
        bytes.addAndGet(-taken);
      }
    }
  }
}
