package dev.ordinal.consensus.driver;

import dev.ordinal.consensus.core.Effect;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Keeps each message until the group that it speaks of is durable. */
final class Outbox {
  private final PeerTransport transport;
  private final NavigableMap<Long, List<Effect.Send>> held = new TreeMap<>();
  private long durable;

  /** {@code durable} is the last group on the disk. */
  Outbox(PeerTransport transport, long durable) {
    this.transport = transport;
    this.durable = durable;
  }

  void send(Effect.Send send) {
    if (send.after() <= durable) {
      transport.send(send.to(), send.message());
    } else {
      held.computeIfAbsent(send.after(), _ -> new ArrayList<>()).add(send);
    }
  }

  /** {@code group} is durable, and all before it. */
  void release(long group) {
    durable = group;
    while (!held.isEmpty() && held.firstKey() <= group) {
      for (Effect.Send send : held.pollFirstEntry().getValue()) {
        transport.send(send.to(), send.message());
      }
    }
  }
}
