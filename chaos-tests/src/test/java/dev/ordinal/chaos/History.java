package dev.ordinal.chaos;

import dev.ordinal.client.OrderId;
import dev.ordinal.client.Outcome;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** Everything that clients attempted and were told, from all threads. */
final class History {
  private final Queue<Attempt> attempts = new ConcurrentLinkedQueue<>();
  private final LongAdder acknowledged = new LongAdder();
  private final Queue<Long> acknowledgedAtNanos = new ConcurrentLinkedQueue<>();
  private final AtomicLong lastAcknowledged = new AtomicLong();

  void add(Attempt attempt) {
    attempts.add(attempt);
    if (attempt.outcome() instanceof Outcome.Committed committed) {
      lastAcknowledged.accumulateAndGet(committed.order().value(), Math::max);
      acknowledged.increment();
      acknowledgedAtNanos.add(System.nanoTime());
    }
  }

  /** When commits were acknowledged, by {@link System#nanoTime}. */
  List<Long> acknowledgedAtNanos() {
    return List.copyOf(acknowledgedAtNanos);
  }

  /** How many commits were acknowledged. */
  long acknowledged() {
    return acknowledged.sum();
  }

  OrderId lastAcknowledged() {
    return OrderId.of(lastAcknowledged.get());
  }

  Collection<Attempt> attempts() {
    return List.copyOf(attempts);
  }

  <O extends Outcome> List<Attempt> endedAs(Class<O> kind) {
    return attempts.stream().filter(attempt -> kind.isInstance(attempt.outcome())).toList();
  }
}
