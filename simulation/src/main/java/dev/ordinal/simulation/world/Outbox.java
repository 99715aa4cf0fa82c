package dev.ordinal.simulation.world;

import dev.ordinal.consensus.core.Effect;
import dev.ordinal.simulation.invariant.DiskFacts;
import dev.ordinal.simulation.invariant.Oracle;
import java.util.ArrayDeque;

/** Messages of one process that wait for their group. What they claim is checked on the way. */
final class Outbox {
  private final int number;
  private final int node;
  private final Oracle oracle;
  private final DiskFacts disk;
  private final Network network;
  private final ArrayDeque<Effect.Send> waiting = new ArrayDeque<>();
  private long durable;
  private long reported;

  /** {@code machine}'s disk is durable through {@code group}. */
  Outbox(Machine machine, Oracle oracle, Network network, long group) {
    this.number = machine.number();
    this.node = machine.node();
    this.disk = machine.disk().facts();
    this.oracle = oracle;
    this.network = network;
    this.durable = group;
    this.reported = group;
  }

  void send(Effect.Send send) {
    if (send.after() <= durable) {
      oracle.onClaim(number, send.message(), disk);
    }
    if (send.after() <= reported) {
      leave(send);
    } else {
      waiting.add(send);
    }
  }

  /** The disk has {@code group}: it must bear out what waited for it, at this very moment. */
  void durable(long group) {
    durable = group;
    for (Effect.Send send : waiting) {
      if (send.after() == group) {
        oracle.onClaim(number, send.message(), disk);
      }
    }
  }

  /** The process knows of {@code group}: what waited for it leaves. */
  void release(long group) {
    reported = group;
    int size = waiting.size();
    for (int i = 0; i < size; i++) {
      Effect.Send send = waiting.remove();
      if (send.after() <= group) {
        leave(send);
      } else {
        waiting.add(send);
      }
    }
  }

  private void leave(Effect.Send send) {
    oracle.onLeave(number, send.message());
    network.send(node, send.to(), send.message());
  }
}
