package dev.ordinal.consensus.core;

import dev.ordinal.consensus.entry.Entry;
import dev.ordinal.consensus.entry.LoggedEntry;
import dev.ordinal.consensus.quorum.Configuration;
import dev.ordinal.consensus.quorum.ConfigurationCodec;
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
  private final Acceptor acceptor;
  private final LogWindow log;
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

  Learner(Local local, Acceptor acceptor, long decided) {
    this.local = local;
    this.acceptor = acceptor;
    this.log = acceptor.log();
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

  /** {@code tickets} wait for {@code slot}, which this replica proposed. */
  void await(long slot, List<Long> tickets) {
    awaited.addLast(new Awaited(slot, tickets));
  }

  /**
   * Rules R5 and R6: everything through {@code through}, as it stands in the log, is decided. A
   * stop-sign can only be the last of it: what follows belongs to the next configuration.
   */
  void decideThrough(long through) {
    InvariantViolation.check(through <= log.length(), "decided ≤ length", through, log.length());
    hear(through);
    while (decided < through) {
      decided++;
      boolean own = !awaited.isEmpty() && awaited.getFirst().slot() == decided;
      List<Long> tickets = own ? awaited.removeFirst().tickets() : List.of();
      LoggedEntry logged = log.get(decided);
      if (logged.entry().kind() == Entry.Kind.STOP_SIGN) {
        enterNext(logged, tickets);
      } else {
        local.outbox().apply(logged, tickets, local.groups().holding(decided));
      }
    }
  }

  /** A state that has applied the stop-sign must find the next configuration on its disk. */
  private void enterNext(LoggedEntry logged, List<Long> tickets) {
    Configuration next = ConfigurationCodec.decode(logged.entry().payload().bytes());
    acceptor.enterStretch(new Stretch(logged.slot(), next));
    local.outbox().apply(logged, List.of(), local.groups().current());
    tickets.forEach(ticket -> local.outbox().answer(ticket, new Verdict.Reconfigured(next)));
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
    Message want = new Message.Want(decided, resumes, local.membership().votesIn());
    local.outbox().sendAfter(local.groups().current(), member, want);
  }
}
