package dev.ordinal.server.clock;

import dev.ordinal.consensus.core.ReplicaView;
import dev.ordinal.consensus.core.Verdict;
import dev.ordinal.consensus.entry.Payload;
import dev.ordinal.journal.codec.CommandCodec;
import dev.ordinal.journal.outcome.Outcome;
import dev.ordinal.journal.state.Dues;
import dev.ordinal.journal.state.Head;
import dev.ordinal.journal.transaction.Command;
import dev.ordinal.server.replica.Bundle;
import dev.ordinal.server.replica.Caller;
import dev.ordinal.server.replica.StoreReplica;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Proposes the ticks of this replica while it leads. One at a time: the next one is measured from
 * the slot of the one before.
 */
public final class TimeKeeper implements AutoCloseable {
  private final StoreReplica replica;
  private final LongSupplier nanoClock;
  private final Stopwatch stopwatch;
  private final Future<?> looking;

  /**
   * Starts looking.
   *
   * @param timer calls must not block, and do not
   */
  public TimeKeeper(
      StoreReplica replica, ScheduledExecutorService timer, Pace pace, LongSupplier nanoClock) {
    this.replica = replica;
    this.nanoClock = nanoClock;
    this.stopwatch = new Stopwatch(pace, nanoClock.getAsLong());
    long nanos = pace.look().toNanos();
    this.looking = timer.scheduleWithFixedDelay(this::look, nanos, nanos, TimeUnit.NANOSECONDS);
  }

  private void look() {
    boolean leads = replica.consensus().role() == ReplicaView.Role.LEADER;
    Head head = replica.journal().head();
    Dues dues = replica.journal().dues();
    if (dues == null) {
      return; // a slot is being applied: look again a little later
    }
    Situation situation = new Situation(head.clock(), head.order().order(), dues);
    Command.Tick tick;
    synchronized (stopwatch) {
      tick = stopwatch.look(nanoClock.getAsLong(), leads, situation);
    }
    if (tick != null) {
      replica.propose(Payload.wrap(CommandCodec.encode(tick)), tick, new Proposed());
    }
  }

  private final class Proposed implements Caller {
    @Override
    public Bundle decided(Outcome outcome) {
      synchronized (stopwatch) {
        if (outcome instanceof Outcome.ClockMarked(long mark, _)) {
          stopwatch.counted(mark, replica.journal().head().order().order());
        } else {
          stopwatch.stop();
        }
      }
      return Bundle.NONE;
    }

    @Override
    public void refused(Verdict verdict) {
      synchronized (stopwatch) {
        stopwatch.stop();
      }
    }
  }

  @Override
  public void close() {
    looking.cancel(false);
  }
}
