package dev.ordinal.simulation.world;

import dev.ordinal.consensus.driver.Applier;
import dev.ordinal.consensus.entry.EntryHash;
import dev.ordinal.consensus.entry.LogPoint;
import dev.ordinal.consensus.entry.LoggedEntry;
import dev.ordinal.simulation.conditions.Chance;
import dev.ordinal.simulation.invariant.Oracle;
import dev.ordinal.simulation.trace.Fingerprint;
import java.util.List;

/**
 * A state machine whose state is a digest of what it applied. It flushes when it likes, so that a
 * crash leaves it anywhere behind the log; never ahead of it.
 */
final class StateTwin implements Applier {
  /** What was applied through {@code point}; a snapshot is one, too. */
  record State(LogPoint point, long digest) {}

  private final int member;
  private final Chance chance;
  private final int flush;
  private final Oracle oracle;
  private State state = new State(LogPoint.START, 0);
  private State durable = state;

  /** {@code flush} is the chance, per million, that a slot is durable as soon as it is applied. */
  StateTwin(int member, Chance chance, int flush, Oracle oracle) {
    this.member = member;
    this.chance = chance;
    this.flush = flush;
    this.oracle = oracle;
  }

  void crash() {
    state = durable;
  }

  @Override
  public LogPoint applied() {
    return state.point();
  }

  @Override
  public void apply(LoggedEntry logged, List<Long> tickets) {
    EntryHash hash = logged.hash();
    long digest = Fingerprint.mix(state.digest(), logged.slot(), hash.hashCode());
    state = new State(new LogPoint(logged.slot(), hash), digest);
    oracle.applyOrder().onApplied(member, logged.slot(), digest);
    oracle.stateBehindLog().onApplied(member, logged);
    if (chance.happens(flush)) {
      flush();
    }
  }

  /** The slot through which it survives a crash. */
  long durableSlot() {
    return durable.point().slot();
  }

  /** A snapshot, which makes durable what it holds. */
  State checkpoint() {
    flush();
    return durable;
  }

  /** Gives way to {@code snapshot}, for good. */
  void install(State snapshot) {
    oracle.applyOrder().onInstalled(member, snapshot.point().slot(), snapshot.digest());
    state = snapshot;
    flush();
  }

  private void flush() {
    durable = state;
    oracle.logBehindState().onStateDurable(member, durableSlot());
  }
}
