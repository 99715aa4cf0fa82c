package dev.ordinal.cli.demo;

import dev.ordinal.client.OrderId;
import dev.ordinal.client.Outcome;
import dev.ordinal.client.Refusal;
import dev.ordinal.scheduler.cluster.Placement;
import dev.ordinal.scheduler.submit.SchedulerListener;
import dev.ordinal.scheduler.submit.SchedulerReport;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** What all schedulers have done so far; each scheduler's thread adds to it. */
final class Progress {
  private final LongAdder placed = new LongAdder();
  private final LongAdder unplaced = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final LongAdder commits = new LongAdder();
  private final AtomicLong order = new AtomicLong();

  /** A listener for one scheduler, which also records its latencies. */
  Listener listener() {
    return new Listener();
  }

  long placed() {
    return placed.sum();
  }

  long unplaced() {
    return unplaced.sum();
  }

  /** Tasks that are placed or given up. */
  long settled() {
    return placed() + unplaced();
  }

  /** Tasks of transactions that were refused, each as often as it was. */
  long refused() {
    return refused.sum();
  }

  long commits() {
    return commits.sum();
  }

  OrderId order() {
    return OrderId.of(order.get());
  }

  /** Listens to one scheduler. */
  final class Listener implements SchedulerListener {
    /** Microseconds from handing a transaction to the client until its answer. */
    private final Histogram latencyMicros = new ConcurrentHistogram(3);

    Histogram latencyMicros() {
      return latencyMicros;
    }

    @Override
    public void onPlaced(Placement placement, OrderId at) {
      placed.increment();
      order.accumulateAndGet(at.value(), Math::max);
    }

    @Override
    public void onUnplaced(SchedulerReport.Unplaced task) {
      unplaced.increment();
    }

    @Override
    public void onRefused(Refusal refusal) {
      refused.increment();
    }

    @Override
    public void onAnswered(Outcome outcome, long latencyNanos) {
      latencyMicros.recordValue(latencyNanos / 1_000);
      if (outcome.isCommitted()) {
        commits.increment();
      }
    }
  }
}
