package dev.ordinal.simulation.world;

import dev.ordinal.consensus.core.Effect;
import dev.ordinal.simulation.conditions.Chance;
import dev.ordinal.simulation.conditions.Conditions;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The writes of one member on their way to its disk, one after the other. A crash keeps a prefix of
 * what is under way: groups are atomic and ordered, as in a write-ahead log.
 */
final class WriteQueue {
  /** The process that writes. */
  interface Writer {
    /** {@code group} is durable; the process does not know yet. */
    void durable(long group);

    /** The process learns that {@code group} is durable. */
    void reported(long group);

    /** The disk refused a write; whether it is durable all the same, nobody knows. */
    void failed();
  }

  private final Stage stage;
  private final Chance chance;
  private final VirtualDisk disk;
  private final ArrayDeque<Effect.Persist> waiting = new ArrayDeque<>();
  private @Nullable Writer writer;
  private int epoch;
  private boolean failsNext;
  private long slowUntil;

  WriteQueue(Stage stage, Chance chance, VirtualDisk disk) {
    this.stage = stage;
    this.chance = chance;
    this.disk = disk;
  }

  void open(Writer opened) {
    writer = opened;
  }

  /** The process ends: of what is under way, a prefix is durable. */
  void crash() {
    epoch++;
    writer = null;
    int kept = chance.oneIn(3) ? waiting.size() : chance.between(0, waiting.size());
    for (int i = 0; i < kept; i++) {
      Effect.Persist persist = waiting.remove();
      disk.write(persist.group(), persist.changes());
    }
    waiting.clear();
  }

  void slowDown(long until) {
    slowUntil = until;
  }

  void failNext() {
    failsNext = true;
  }

  /** Forgets what {@link #slowDown} and {@link #failNext} have planned. */
  void calmDown() {
    failsNext = false;
    slowUntil = 0;
  }

  void write(Effect.Persist persist) {
    waiting.add(persist);
    if (conditions().fused()) {
      complete();
    } else if (waiting.size() == 1) {
      startNext();
    }
  }

  private void startNext() {
    int started = epoch;
    stage
        .agenda()
        .after(
            syncTime(),
            () -> {
              if (started == epoch) {
                complete();
              }
            });
  }

  private long syncTime() {
    long time = stage.delay(chance, conditions().syncMax());
    return Math.max(time, slowUntil - stage.agenda().now());
  }

  private void complete() {
    Writer told = writer;
    if (told == null) {
      return;
    }
    if (failsNext) {
      failsNext = false;
      told.failed();
      return;
    }
    Effect.Persist persist = waiting.remove();
    disk.write(persist.group(), persist.changes());
    told.durable(persist.group());
    report(told, persist.group());
    if (!waiting.isEmpty()) {
      startNext();
    }
  }

  private void report(Writer told, long group) {
    if (conditions().fused()) {
      told.reported(group);
      return;
    }
    int started = epoch;
    stage
        .agenda()
        .after(
            stage.delay(chance, conditions().reportMax()),
            () -> {
              if (started == epoch) {
                told.reported(group);
              }
            });
  }

  private Conditions.Storage conditions() {
    return stage.conditions().storage();
  }
}
