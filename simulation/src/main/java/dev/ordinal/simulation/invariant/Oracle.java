package dev.ordinal.simulation.invariant;

import dev.ordinal.consensus.core.Image;
import dev.ordinal.consensus.core.Message;
import dev.ordinal.consensus.quorum.Configuration;
import java.util.List;

/**
 * All invariants together, in an order in which the facts come before the checks that rest on them.
 */
public final class Oracle implements Invariant {
  private final Decisions decisions = new Decisions();
  private final Commands commands = new Commands(decisions);
  private final LinearizableReads reads = new LinearizableReads();
  private final ApplyOrder applyOrder = new ApplyOrder();
  private final StateBehindLog stateBehindLog;
  private final LogBehindState logBehindState = new LogBehindState();
  private final ConfirmedReads confirmedReads;
  private final List<Invariant> invariants;

  /** {@code disks} in the order of {@code configuration}'s members, which are 1, 2, …. */
  public Oracle(Configuration configuration, int windowMax, List<? extends DiskFacts> disks) {
    Leaderships leaderships = new Leaderships();
    Proposals proposals = new Proposals();
    confirmedReads = new ConfirmedReads(configuration, leaderships);
    stateBehindLog = new StateBehindLog(disks);
    invariants =
        List.of(
            leaderships,
            new Agreement(decisions, leaderships),
            new HashChain(decisions),
            new QuorumDurability(configuration, decisions, disks),
            new ElectingQuorum(configuration, disks),
            new LeaderCompleteness(decisions, disks),
            new SingleValue(decisions, proposals),
            new ComparableTails(decisions, disks),
            new Pointers(windowMax),
            new PromisesKept(proposals),
            new HonestHint(decisions),
            new DiskClaims(decisions, proposals),
            applyOrder,
            stateBehindLog,
            logBehindState,
            commands,
            confirmedReads,
            reads);
  }

  /** The last slot that is decided. */
  public long decidedThrough() {
    return decisions.through();
  }

  public Commands commands() {
    return commands;
  }

  /** A caller asked a process where it may read. */
  public void onReadRequested(long ticket) {
    commands.onReadRequested(ticket);
    confirmedReads.onAsked(ticket);
  }

  public LinearizableReads reads() {
    return reads;
  }

  public ApplyOrder applyOrder() {
    return applyOrder;
  }

  public StateBehindLog stateBehindLog() {
    return stateBehindLog;
  }

  public LogBehindState logBehindState() {
    return logBehindState;
  }

  @Override
  public void onStart(int member, Image image) {
    invariants.forEach(invariant -> invariant.onStart(member, image));
  }

  @Override
  public void onStep(Step step) {
    invariants.forEach(invariant -> invariant.onStep(step));
  }

  @Override
  public void onDurable(int member, DiskFacts disk) {
    invariants.forEach(invariant -> invariant.onDurable(member, disk));
  }

  @Override
  public void onClaim(int member, Message message, DiskFacts disk) {
    invariants.forEach(invariant -> invariant.onClaim(member, message, disk));
  }

  @Override
  public void onLeave(int member, Message message) {
    invariants.forEach(invariant -> invariant.onLeave(member, message));
  }
}
