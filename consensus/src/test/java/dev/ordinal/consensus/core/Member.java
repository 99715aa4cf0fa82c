package dev.ordinal.consensus.core;

import dev.ordinal.consensus.entry.Batch;
import dev.ordinal.consensus.entry.Entry;
import dev.ordinal.consensus.entry.LoggedEntry;
import dev.ordinal.consensus.entry.Payload;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** One member of a {@link Cluster}: its replica, its disk, and what waits for the disk. */
final class Member {
  final Disk disk;
  final Replica replica;

  /** The commands that its state machine has applied, in order. */
  final List<String> applied = new ArrayList<>();

  /** Messages that wait for a group. */
  final List<Effect.Send> held = new ArrayList<>();

  /** Writes that a stalled disk has not done. */
  final List<Effect.Persist> unwritten = new ArrayList<>();

  /** Decided entries that wait for a group. */
  private final ArrayDeque<Effect.Apply> decided = new ArrayDeque<>();

  private long durable;

  Member(Disk disk, Replica replica) {
    this.disk = disk;
    this.replica = replica;
    Image image = disk.image();
    this.durable = image.group();
    disk.read(1, image.decided()).forEach(this::apply);
  }

  void write(Effect.Persist persist) {
    disk.write(persist);
    durable = persist.group();
  }

  /** The messages that wait no longer. */
  List<Effect.Send> release() {
    List<Effect.Send> released = held.stream().filter(send -> send.after() <= durable).toList();
    held.removeAll(released);
    return released;
  }

  void decide(Effect.Apply apply) {
    decided.addLast(apply);
  }

  /** What has become durable of what is decided: its state machine has it now. */
  List<Effect.Apply> applyDurable() {
    List<Effect.Apply> ready = new ArrayList<>();
    while (!decided.isEmpty() && decided.getFirst().after() <= durable) {
      ready.add(decided.removeFirst());
      apply(ready.getLast().logged());
    }
    return ready;
  }

  private void apply(LoggedEntry logged) {
    if (logged.entry().kind() == Entry.Kind.BATCH) {
      for (Payload command : Batch.decode(logged.entry().payload())) {
        applied.add(new String(command.bytes(), StandardCharsets.UTF_8));
      }
    }
  }
}
