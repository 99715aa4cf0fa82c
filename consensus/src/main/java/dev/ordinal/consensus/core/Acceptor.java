package dev.ordinal.consensus.core;

import dev.ordinal.consensus.entry.Entry;
import dev.ordinal.consensus.entry.LogPoint;
import dev.ordinal.consensus.entry.LoggedEntry;
import java.util.List;

/**
 * What this replica has promised and accepted, and the log that came of it. Every change goes to
 * the disk through {@link Groups}; what the disk already says is {@link #durable}.
 *
 * <p>Invariants: accepted ≤ promised, and promised never decreases (I4, I5); verified ≤ length;
 * while accepted stays the same, the log is cut only where a decided entry differs (I5).
 */
final class Acceptor {
  /** The log has not been compared with any leader's since this replica started. */
  static final long UNVERIFIED = -1;

  private final Local local;
  private final LogWindow log;
  private final Truncation truncation;
  private Ballot promised;
  private Ballot accepted;

  /** The log equals that of the leader of {@code accepted} through here. */
  private long verified = UNVERIFIED;

  private Durable durable;

  Acceptor(Local local, Truncation truncation, Image image) {
    this.local = local;
    this.truncation = truncation;
    this.log = new LogWindow(image.decided(), image.decidedHash());
    this.promised = image.promised();
    this.accepted = image.accepted();
    image.tail().forEach(this::enter);
    this.durable = mark(image.decided());
  }

  Ballot promised() {
    return promised;
  }

  Ballot accepted() {
    return accepted;
  }

  long verified() {
    return verified;
  }

  LogWindow log() {
    return log;
  }

  Durable durable() {
    return durable;
  }

  /** What the disk says once everything so far is on it. */
  Durable mark(long decided) {
    return new Durable(promised, accepted, verified, decided);
  }

  void settle(Durable reached) {
    durable = reached;
  }

  /** How far the disk is known to equal the log of {@code ballot}'s leader. */
  long durablyVerified(Ballot ballot) {
    boolean inBallot = accepted.equals(ballot) && durable.accepted().equals(ballot);
    return inBallot ? Math.min(durable.verified(), verified) : UNVERIFIED;
  }

  /** Whether entries of {@code ballot}'s leader may be taken one by one (rule R4). */
  boolean isSynced(Ballot ballot) {
    return promised.equals(ballot) && accepted.equals(ballot) && verified != UNVERIFIED;
  }

  /** Rule R1: from now on, nothing below {@code ballot}. */
  void promise(Ballot ballot) {
    setBallots(ballot, accepted);
  }

  /** What is left after {@code decided}, as an answer to {@code ballot}'s candidate. */
  Message.Promise report(Ballot ballot, long decided) {
    return new Message.Promise(ballot, accepted, decided, log.entries(decided + 1, log.length()));
  }

  /**
   * Rules R2 and R3(a): in one group, makes {@code entries} (which end at {@code length}) all there
   * is after {@code decided}, as accepted in {@code ballot}.
   */
  void replaceTail(Ballot ballot, long decided, long length, List<LoggedEntry> entries) {
    setBallots(ballot, ballot);
    for (LoggedEntry entry : entries) {
      if (entry.slot() > decided && !log.holds(entry)) {
        cutFrom(entry.slot());
        enterNew(entry);
      }
    }
    cutFrom(length + 1);
    verified = log.length();
  }

  /**
   * Rule R3(b): more of the same leader's log, through {@code length}; never shrinks what is here.
   */
  void extendTail(long decided, long length, List<LoggedEntry> entries) {
    for (LoggedEntry entry : entries) {
      if (entry.slot() > decided) {
        take(entry);
      }
    }
    verified = Math.max(verified, length);
  }

  /** Rule R4 for the next slot of the leader's log: verified + 1, or one verified before. */
  void take(LoggedEntry entry) {
    if (entry.slot() > log.length()) {
      enterNew(entry);
    } else if (!log.holds(entry)) {
      throw new InvariantViolation(
          "I3: one ballot proposes one value for a slot", accepted, entry, log.get(entry.slot()));
    }
    verified = Math.max(verified, entry.slot());
  }

  /** A leader's own entry: the next slot, hashed once. */
  LoggedEntry propose(Entry entry) {
    long slot = log.length() + 1;
    LoggedEntry logged = LoggedEntry.after(log.hash(log.length()), slot, entry);
    log.append(logged);
    local.groups().add(new Change.Append(logged));
    verified = slot;
    return logged;
  }

  /** Whether {@link #learn} would change the log. */
  boolean lacks(long decided, List<LoggedEntry> entries) {
    return entries.stream().anyMatch(entry -> entry.slot() > decided && !log.holds(entry));
  }

  /** Whether the log through {@code point} is what stands here; it must be decided, and later. */
  boolean holds(LogPoint point) {
    return point.slot() <= log.length() && log.hash(point.slot()).equals(point.hash());
  }

  /** The log begins later from now on, if it can. */
  void truncate() {
    LogPoint base = truncation.raise();
    if (base != null) {
      local.groups().add(new Change.RaiseBase(base));
      local.outbox().observe(new Observation.Truncated(base.slot()));
    }
  }

  /** Rule R6: these are decided; a tail that differs gives way. */
  void learn(long decided, List<LoggedEntry> entries) {
    for (LoggedEntry entry : entries) {
      if (entry.slot() > decided && !log.holds(entry)) {
        cutFrom(entry.slot());
        enterNew(entry);
      }
    }
  }

  /**
   * Has the log read for {@code member} what it holds of the decided entries after that slot; tells
   * it if they are gone.
   */
  void serveDecided(int member, long after) {
    if (after < truncation.base().slot()) {
      local.outbox().send(member, new Message.Behind(truncation.base()));
    } else if (after < durable.decided()) {
      local.outbox().sendDecided(member, after + 1, durable.decided());
    }
  }

  void checkInvariants(long decided) {
    if (accepted.compareTo(promised) > 0) {
      throw new InvariantViolation("I4: accepted ≤ promised", accepted, promised);
    }
    InvariantViolation.check(
        decided <= log.length(), "I4: decided ≤ length", decided, log.length());
    InvariantViolation.check(verified <= log.length(), "verified ≤ length", verified, log.length());
    InvariantViolation.check(log.base() <= decided, "base ≤ decided", log.base(), decided);
  }

  private void setBallots(Ballot newPromised, Ballot newAccepted) {
    if (newPromised.compareTo(promised) < 0) {
      throw new InvariantViolation("I5: promised never decreases", promised, newPromised);
    }
    if (newPromised.equals(promised) && newAccepted.equals(accepted)) {
      return;
    }
    promised = newPromised;
    accepted = newAccepted;
    local.groups().add(new Change.SetBallots(promised, accepted));
  }

  private void cutFrom(long slot) {
    if (slot > log.length()) {
      return;
    }
    log.truncateFrom(slot);
    local.groups().add(new Change.TruncateFrom(slot));
    local.outbox().observe(new Observation.TailReplaced(slot));
    if (verified >= slot) {
      verified = UNVERIFIED;
    }
  }

  private void enterNew(LoggedEntry entry) {
    enter(entry);
    local.groups().add(new Change.Append(entry));
  }

  private void enter(LoggedEntry entry) {
    if (!entry.follows(log.hash(log.length()))) {
      throw new InvariantViolation("I10: each hash follows from the one before", entry);
    }
    log.append(entry);
  }
}
