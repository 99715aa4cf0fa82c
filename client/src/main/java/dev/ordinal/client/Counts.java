package dev.ordinal.client;

import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** What {@link ClientFigures} are made of; counted on the loop, read anywhere. */
final class Counts {
  private final LongAdder transactions = new LongAdder();
  private final LongAdder frames = new LongAdder();
  private final LongAdder repeats = new LongAdder();
  private final LongAdder connections = new LongAdder();

  /** {@code batch} leaves in {@code calls} frames or calls. */
  void sent(List<PendingCommit> batch, int calls) {
    frames.add(calls);
    transactions.add(batch.size());
    for (PendingCommit commit : batch) {
      if (commit.copiesSent() > 0) {
        repeats.increment();
      }
    }
  }

  void connected() {
    connections.increment();
  }

  ClientFigures figures() {
    return new ClientFigures(transactions.sum(), frames.sum(), repeats.sum(), connections.sum());
  }
}
