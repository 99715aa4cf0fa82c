package dev.ordinal.simulation.invariant;

import dev.ordinal.consensus.core.Image;
import dev.ordinal.consensus.core.Message;
import dev.ordinal.consensus.core.Stretch;
import dev.ordinal.consensus.quorum.Configuration;
import java.util.List;

/**
 * All invariants together, in an order in which the facts come before the checks that rest on them.
 */
public final class Oracle implements Invariant {
  private final Decisions decisions = new Decisions();
  private final Configurations configurations;
  private final Changes changes;
  private final Commands commands;
  private final LinearizableReads reads = new LinearizableReads();
  private final ApplyOrder applyOrder = new ApplyOrder();
  private final StateBehindLog stateBehindLog;
  private final ConfirmedReads confirmedReads;
  private final List<Invariant> invariants;

  /**
   * For a group that begins with {@code first}.
   *
   * @param disks 1, 2, …; the one with the number n is known as {@code Incarnation(0, n)}. Grows
   *     when nodes get new ones
   */
  public Oracle(Configuration first, int windowMax, List<? extends DiskFacts> disks) {
    configurations = new Configurations(first, disks);
    changes = new Changes(configurations);
    commands = new Commands(decisions, changes);
    Leaderships leaderships = new Leaderships();
    Proposals proposals = new Proposals();
    confirmedReads = new ConfirmedReads(configurations, leaderships);
    stateBehindLog = new StateBehindLog(configurations);
    invariants =
        List.of(
            leaderships,
            new Agreement(decisions, leaderships, configurations),
            new HashChain(decisions),
            new StopSigns(decisions, configurations),
            new CompletePrefix(decisions, configurations),
            new OnlyVotersVote(configurations),
            new QuorumDurability(configurations, decisions),
            new ElectingQuorum(configurations),
            new LeaderCompleteness(decisions, configurations),
            new SingleValue(decisions, proposals),
            new ComparableTails(decisions, configurations),
            new Pointers(windowMax),
            new PromisesKept(proposals),
            new HonestHint(decisions),
            new DiskClaims(decisions, proposals),
            applyOrder,
            stateBehindLog,
            commands,
            confirmedReads,
            reads);
  }

  /** The last slot that is decided. */
  public long decidedThrough() {
    return decisions.through();
  }

  /** The configuration that was decided last. */
  public Stretch latest() {
    return configurations.latest();
  }

  public Changes changes() {
    return changes;
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
