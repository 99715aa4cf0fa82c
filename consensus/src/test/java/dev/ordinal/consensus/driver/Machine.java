package dev.ordinal.consensus.driver;

import dev.ordinal.consensus.entry.Batch;
import dev.ordinal.consensus.entry.Entry;
import dev.ordinal.consensus.entry.LogPoint;
import dev.ordinal.consensus.entry.LoggedEntry;
import dev.ordinal.consensus.entry.Payload;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/** A state machine that remembers every command in order; it survives restarts of its replica. */
final class Machine implements Applier {
  private final List<Payload> commands = new ArrayList<>();
  private final LongConsumer committed;
  private LogPoint applied = LogPoint.START;

  /** {@code committed} is told each ticket whose command was applied. */
  Machine(LongConsumer committed) {
    this.committed = committed;
  }

  @Override
  public synchronized LogPoint applied() {
    return applied;
  }

  synchronized List<Payload> commands() {
    return List.copyOf(commands);
  }

  synchronized int size() {
    return commands.size();
  }

  @Override
  public synchronized void apply(LoggedEntry logged, List<Long> tickets) {
    if (logged.slot() != applied.slot() + 1) {
      throw new IllegalStateException("slot " + logged.slot() + " after " + applied.slot());
    }
    if (logged.entry().kind() == Entry.Kind.BATCH) {
      commands.addAll(Batch.decode(logged.entry().payload()));
    }
    applied = new LogPoint(logged.slot(), logged.hash());
    tickets.forEach(committed::accept);
  }
}
