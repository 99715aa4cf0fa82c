package dev.ordinal.simulation.world;

import dev.ordinal.consensus.core.Verdict;
import dev.ordinal.consensus.entry.Payload;
import dev.ordinal.simulation.conditions.Chance;
import dev.ordinal.simulation.conditions.Conditions;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One client: writes or reads, one operation at a time, at whichever member it believes to lead,
 * and loses patience now and then. What became of an operation it gave up on, it does not know.
 */
final class Client implements Asker {
  private static final int COMMAND_BYTES_USUAL = 40;
  private static final int COMMAND_BYTES_TOO_MANY = 100;
  private static final long CALM_THINK = 2 * Conditions.TICK;
  private static final long CALM_PATIENCE_MIN = 50 * Conditions.TICK;

  private record Operation(long ticket, @Nullable Payload command, long seenBefore) {
    boolean isRead() {
      return command == null;
    }
  }

  private final Clients clients;
  private final Stage stage;
  private final Chance chance;
  private final int number;
  private int commands;
  private int target;
  private @Nullable Operation waiting;
  private @Nullable Payload undetermined;
  private boolean wroteInCalm;
  private boolean readInCalm;

  Client(Clients clients, Stage stage, Chance chance, int number) {
    this.clients = clients;
    this.stage = stage;
    this.chance = chance;
    this.number = number;
    thinkThenAct();
  }

  /** Whether it has written and read in calm, and waits for nothing. */
  boolean isContent() {
    return wroteInCalm && readInCalm && waiting == null && undetermined == null;
  }

  private void thinkThenAct() {
    long thinkMax = stage.conditions().load().thinkMax();
    long think = chance.between(1L, stage.isCalm() ? Math.min(thinkMax, CALM_THINK) : thinkMax);
    stage.agenda().after(think, this::act);
  }

  private void act() {
    if (stage.isCalm() && isContent()) {
      return;
    }
    List<Machine> reachable = clients.reachable();
    Machine machine = clients.machine(target);
    if (machine == null || !machine.isUp() || chance.oneIn(20)) {
      machine = chance.pick(reachable);
      target = machine.node();
    }
    if (!machine.isUp()) {
      target = 0;
      thinkThenAct();
      return;
    }
    boolean read =
        undetermined == null
            && (stage.isCalm() ? wroteInCalm : chance.happens(stage.conditions().load().reads()));
    Operation started =
        new Operation(
            clients.nextTicket(), read ? null : command(), stage.oracle().reads().seenThrough());
    waiting = started;
    clients.start(this, machine, started.ticket(), started.command());
    stage.agenda().after(patience(), () -> giveUp(started));
  }

  private long patience() {
    long patience = stage.conditions().load().patience();
    return stage.isCalm() ? Math.max(patience, CALM_PATIENCE_MIN) : patience;
  }

  private Payload command() {
    if (undetermined != null) {
      return undetermined;
    }
    commands++;
    int filler = chance.between(0, COMMAND_BYTES_USUAL - Long.BYTES);
    int length = chance.oneIn(60) ? COMMAND_BYTES_TOO_MANY : Long.BYTES + filler;
    byte[] bytes = new byte[length];
    ByteBuffer.wrap(bytes).putInt(number).putInt(commands);
    return Payload.wrap(bytes);
  }

  private void giveUp(Operation operation) {
    if (operation.equals(waiting)) {
      target = 0;
      forgetOrRepeat(operation);
    }
  }

  private void forgetOrRepeat(Operation operation) {
    boolean repeats = stage.isCalm() || chance.happens(stage.conditions().load().repeats());
    finish(operation.isRead() || !repeats ? null : operation.command());
  }

  private void finish(@Nullable Payload left) {
    waiting = null;
    undetermined = left;
    thinkThenAct();
  }

  @Override
  public void acknowledge(long ticket, long slot) {
    if (waiting != null && waiting.ticket() == ticket) {
      stage.oracle().reads().onAcknowledged(slot);
      wroteInCalm = stage.isCalm();
      finish(null);
    }
  }

  @Override
  public void show(long ticket, int number, long slot) {
    if (waiting != null && waiting.ticket() == ticket) {
      stage.oracle().reads().onRead(number, waiting.seenBefore(), slot);
      readInCalm = stage.isCalm();
      finish(null);
    }
  }

  @Override
  public void answer(long ticket, Verdict verdict) {
    Operation operation = waiting;
    if (operation == null || operation.ticket() != ticket) {
      return;
    }
    switch (verdict) {
      case Verdict.NotLeader(int leader) -> {
        target = leader;
        finish(undetermined);
      }
      case Verdict.Overloaded _ -> finish(undetermined);
      case Verdict.TooLarge _ -> finish(null);
      case Verdict.Undetermined _ -> forgetOrRepeat(operation);
      case Verdict.OnMembership _ -> throw new IllegalStateException("asked for no change");
      case Verdict.ReadableAt _ -> throw new IllegalStateException("a read is shown, not answered");
    }
  }
}
