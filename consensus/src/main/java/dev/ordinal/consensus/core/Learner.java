package dev.ordinal.consensus.core;

import dev.ordinal.consensus.entry.LogPoint;
import java.util.ArrayDeque;
import java.util.List;

/**
 * What is decided: hands it to the state machine in slot order, with the callers who wait for it,
 * and asks others for what is missing. Invariants: applied ≤ decided (I11); what is applied is
 * durable here (I22); decided never decreases.
 */
final class Learner {
  /** The callers of an own entry that is not decided yet. */
  private record Awaited(long slot, List<Long> tickets) {}

  private static final int NOBODY = 0;

  private final Local local;
  private final LogWindow log;
  private final Truncation truncation;
  private final ArrayDeque<Awaited> awaited = new ArrayDeque<>();
  private long decided;
  private long applied;

  /** The most that any leader or peer said is decided; how late this replica is. */
  private long heard;

  private int askedMember = NOBODY;
  private long askedAfter = -1;
  private long askedTick;

  /** Whom to ask once the state machine has caught up. */
  private int deferredMember = NOBODY;

  /** Others begin behind this, and it is not here; 0 if that is not known. */
  private long lackedBase;

  Learner(Local local, LogWindow log, Truncation truncation, long decided) {
    this.local = local;
    this.log = log;
    this.truncation = truncation;
    this.decided = decided;
    this.applied = decided;
    this.heard = decided;
  }

  long decided() {
    return decided;
  }

  long applied() {
    return applied;
  }

  /** The most that any member said is decided. */
  long heard() {
    return heard;
  }

  /** How many decided entries this replica knows of and lacks. */
  long lag() {
    return Math.max(0, heard - decided);
  }

  /** Whether the state machine is so far behind that nothing more should be taken on. */
  boolean isBacklogged() {
    return decided - applied >= local.settings().appliedLagMax();
  }

  void hear(long othersDecided) {
    heard = Math.max(heard, othersDecided);
  }

  /** {@code from} begins behind {@code base}, which is not here: only a snapshot helps. */
  void lack(int from, LogPoint base) {
    lackedBase = Math.max(lackedBase, base.slot());
    local.outbox().observe(new Observation.OutOfLog(from, base.slot()));
    local.outbox().fetchSnapshot(from, base.slot());
  }

  /**
   * Whether this replica is known to need a snapshot. It lets others lead: a quorum that has
   * decided what is missing here meets every other one.
   */
  boolean isOutOfLog() {
    return log.length() < lackedBase;
  }

  /** {@code tickets} wait for {@code slot}, which this replica proposed. */
  void await(long slot, List<Long> tickets) {
    awaited.addLast(new Awaited(slot, tickets));
  }

  /** Rules R5 and R6: everything through {@code through}, as it stands in the log, is decided. */
  void decideThrough(long through) {
    InvariantViolation.check(through <= log.length(), "decided ≤ length", through, log.length());
    hear(through);
    while (decided < through) {
      decided++;
      boolean own = !awaited.isEmpty() && awaited.getFirst().slot() == decided;
      List<Long> tickets = own ? awaited.removeFirst().tickets() : List.of();
      truncation.onDecided(log.get(decided));
      local.outbox().apply(log.get(decided), tickets, local.groups().holding(decided));
    }
  }

  /** Leadership is over: nobody here can tell what becomes of the undecided entries. */
  void abandonCallers() {
    Verdict undetermined = new Verdict.Undetermined();
    for (Awaited entry : awaited) {
      entry.tickets().forEach(ticket -> local.outbox().answer(ticket, undetermined));
    }
    awaited.clear();
  }

  void onApplied(long slot) {
    InvariantViolation.check(slot <= decided, "I11: applied ≤ decided", slot, decided);
    long group = local.groups().holding(slot);
    InvariantViolation.check(
        group == Effect.NO_GROUP, "I22: what is applied is durable here", slot, group);
    applied = Math.max(applied, slot);
    if (deferredMember != NOBODY && decided - applied <= local.settings().appliedLagMax() / 2) {
      ask(deferredMember, true);
      deferredMember = NOBODY;
    }
  }

  /** The log through {@code slot} is not needed here any more. */
  void onDroppable(long slot) {
    truncation.onDroppable(Math.min(slot, applied));
  }

  void onHeldByAll(long slot) {
    truncation.onHeldByAll(slot);
  }

  /**
   * Asks {@code member} for what comes after {@link #decided}, once what is here is durable: so one
   * answer at a time is under way, and the disk sets the pace. The same question is repeated only
   * after a while. With a backlog it waits until the state machine has worked off half of what it
   * may be behind.
   */
  void want(int member) {
    boolean asked = member == askedMember && decided == askedAfter;
    if (isBacklogged()) {
      deferredMember = member;
    } else if (!asked || local.ticks().now() - askedTick >= local.timing().retryTicks()) {
      ask(member, false);
    }
  }

  private void ask(int member, boolean resumes) {
    askedMember = member;
    askedAfter = decided;
    askedTick = local.ticks().now();
    Message want = new Message.Want(decided, resumes);
    local.outbox().sendAfter(local.groups().current(), member, want);
  }
}
