package dev.ordinal.scheduler.plan;

import dev.ordinal.client.HistoryId;
import dev.ordinal.client.OrderId;
import dev.ordinal.scheduler.cluster.Node;

/** Up to where a scheduler knows the store, its own commits included. */
public interface ReadPoint {
  HistoryId history();

  /** Everything through this order ID is known. */
  OrderId order();

  /** Every placement on {@code node} through this order ID is known. */
  OrderId order(Node node);
}
