package dev.ordinal.consensus.core;

import dev.ordinal.consensus.entry.EntryHash;
import dev.ordinal.consensus.entry.LogPoint;
import dev.ordinal.consensus.entry.LoggedEntry;
import java.util.List;

/**
 * What replicas of one configuration say to each other. {@code docs/protocol.md} has the table:
 * from, to, when, answer. Identity (cluster, history, configuration) is the transport's business,
 * checked before a message gets here.
 */
public sealed interface Message {
  /** Would you let me lead in {@code round}? Changes nothing at the receiver. */
  record Probe(long round) implements Message {}

  /**
   * {@code granted}: no live leader is known here. {@code promised} (durable) lets the asker pick a
   * round that can win.
   */
  record ProbeReply(long round, boolean granted, Ballot promised) implements Message {}

  /** Phase 1a. {@code decided} is how far the candidate knows the log to be decided. */
  record Prepare(Ballot ballot, long decided) implements Message {}

  /**
   * Phase 1b: the sender accepts nothing below {@code ballot} any more. It reports what it has
   * accepted: the tail (the undecided entries after {@code decided}) comes from the leader of
   * {@code accepted}.
   */
  record Promise(Ballot ballot, Ballot accepted, long decided, List<LoggedEntry> tail)
      implements Message {
    public Promise {
      tail = LoggedEntry.copyOfRun(decided + 1, tail);
    }

    /** The last slot of the sender's log. */
    public long length() {
      return decided + tail.size();
    }
  }

  /** {@code ballot} comes too late: the higher {@code promised} was promised here. */
  record Reject(Ballot ballot, Ballot promised) implements Message {}

  /**
   * "Your log from {@code decided + 1} on is this, in my ballot": replaces the receiver's tail in
   * one atomic write, or, within one ballot, extends it and never shrinks it (design rule R3).
   * {@code decidedHash} is the hash of the sender's log through {@code decided}: what the receiver
   * has there may be decided and something else, and the sender deposed.
   */
  record Sync(
      Ballot ballot, long decided, EntryHash decidedHash, List<LoggedEntry> entries, long commit)
      implements Message {
    public Sync {
      entries = LoggedEntry.copyOfRun(decided + 1, entries);
    }

    /** The hash of the sender's log through {@code slot}, {@code decided} through the length. */
    EntryHash hashThrough(long slot) {
      return slot == decided
          ? decidedHash
          : entries.get(Math.toIntExact(slot - decided - 1)).hash();
    }

    /** The last slot of the sender's log. */
    public long length() {
      return decided + entries.size();
    }
  }

  /** Phase 2a for one slot, only to a replica that was sent a Sync in this ballot. */
  record Accept(Ballot ballot, LoggedEntry logged, long commit) implements Message {}

  /**
   * Phase 2b, cumulative: everything through {@code verified} is durable here as {@code ballot}'s
   * leader has it.
   */
  record Accepted(Ballot ballot, long verified, long applied) implements Message {}

  /** Everything through {@code commit} is decided; sent when no Accept is there to say so. */
  record Commit(Ballot ballot, long commit) implements Message {}

  /**
   * The leader lives; {@code commit} is decided; {@code readSequence} asks to be confirmed for
   * reads. Every member said that it knows everything through {@code heldByAll}.
   */
  record Heartbeat(Ballot ballot, long commit, long readSequence, long sentTick, long heldByAll)
      implements Message {}

  /**
   * Echoes a heartbeat: nothing above {@code ballot} was promised here. {@code verified} is durable
   * in {@code ballot}, -1 if the sender needs a Sync; it needs what comes after {@code decided}.
   */
  record HeartbeatReply(
      Ballot ballot, long readSequence, long sentTick, long verified, long decided)
      implements Message {}

  /**
   * I lack what comes after {@code decided}: send decided entries, or, if you lead, a Sync. {@code
   * resumes}: what came before was left, because the state machine lagged; it has caught up.
   */
  record Want(long decided, boolean resumes) implements Message {}

  /**
   * You lack what I have no more: my log begins behind {@code base}, through which everything is
   * decided.
   */
  record Behind(LogPoint base) implements Message {}

  /** Decided entries, in order; {@code decidedThrough} is how far the sender could go on. */
  record CatchUp(List<LoggedEntry> entries, long decidedThrough) implements Message {
    public CatchUp {
      entries = LoggedEntry.copyOfRun(entries);
    }
  }

  /**
   * The leader hands over: campaign now, without a Probe, unless the receiver's log is shorter than
   * {@code length}.
   */
  record Transfer(Ballot ballot, long length) implements Message {}

  /** {@code ballot}'s leader has stepped down: whoever followed it may elect another at once. */
  record Resigned(Ballot ballot) implements Message {}
}
