package dev.ordinal.scheduler.stored;

import dev.ordinal.client.Value;
import dev.ordinal.scheduler.cluster.NodeShape;

/** What the store holds under {@code node/NAME}: the node's capacity, which does not change. */
public record NodeRecord(long cpuMilli, long memoryMib, int gpus, String model) {
  public static NodeRecord of(NodeShape shape) {
    return new NodeRecord(shape.cpuMilli(), shape.memoryMib(), shape.gpus(), shape.model());
  }

  public Value encode() {
    return Json.encode(this);
  }
}
