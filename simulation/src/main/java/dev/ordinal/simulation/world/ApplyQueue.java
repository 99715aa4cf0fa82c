package dev.ordinal.simulation.world;

import dev.ordinal.consensus.core.Effect;
import dev.ordinal.consensus.core.Event;
import dev.ordinal.consensus.core.Verdict;
import dev.ordinal.consensus.entry.LoggedEntry;
import dev.ordinal.simulation.conditions.Chance;
import java.util.ArrayDeque;
import java.util.List;

/** What one process has yet to apply, and the reads that wait for it. */
final class ApplyQueue {
  private record Read(long ticket, long slot) {}

  private final Stage stage;
  private final Chance chance;
  private final Machine machine;
  private final Callers callers;
  private final ReplicaProcess process;
  private final ArrayDeque<Effect.Apply> held = new ArrayDeque<>();
  private final ArrayDeque<Effect.Apply> waiting = new ArrayDeque<>();
  private final ArrayDeque<Read> reads = new ArrayDeque<>();
  private long reported = Effect.NO_GROUP;
  private boolean scheduled;

  ApplyQueue(Stage stage, Chance chance, Machine machine, Callers callers, ReplicaProcess process) {
    this.stage = stage;
    this.chance = chance;
    this.machine = machine;
    this.callers = callers;
    this.process = process;
  }

  void add(Effect.Apply apply) {
    held.add(apply);
    release(reported);
  }

  /** The process knows that {@code group} is durable: what waited for it may be applied. */
  void release(long group) {
    reported = group;
    while (!held.isEmpty() && held.element().after() <= group) {
      waiting.add(held.remove());
      schedule();
    }
  }

  void read(long ticket, Verdict.ReadableAt readable) {
    reads.add(new Read(ticket, readable.slot()));
    showReads();
  }

  private void schedule() {
    if (!scheduled) {
      scheduled = true;
      stage.agenda().after(stage.delay(chance, stage.conditions().shell().applyMax()), this::run);
    }
  }

  private void run() {
    scheduled = false;
    if (!process.isAwake()) {
      if (!process.isEnded()) {
        schedule();
      }
      return;
    }
    int count = chance.between(1, waiting.size());
    for (int i = 0; i < count; i++) {
      apply(waiting.remove());
    }
    process.post(new Event.Applied(machine.twin().applied().slot()));
    showReads();
    if (!waiting.isEmpty()) {
      schedule();
    }
  }

  private void apply(Effect.Apply apply) {
    LoggedEntry logged = apply.logged();
    List<Long> tickets = apply.tickets();
    machine.twin().apply(logged, tickets);
    for (long ticket : tickets) {
      callers.acknowledge(ticket, logged.slot());
    }
  }

  private void showReads() {
    long applied = machine.twin().applied().slot();
    while (!reads.isEmpty() && reads.element().slot() <= applied) {
      callers.show(reads.remove().ticket(), machine.number(), applied);
    }
  }
}
