package dev.ordinal.consensus.core;

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
   * {@code granted}: no live leader is known here. {@code promised} lets the asker pick a round
   * that can win.
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
      implements Message {}

  /** A higher ballot was promised. */
  record Reject(Ballot ballot, Ballot promised) implements Message {}

  /**
   * "Your log from {@code decided + 1} on is this, in my ballot": replaces the receiver's tail in
   * one atomic write, or, within one ballot, extends it and never shrinks it (design rule R3).
   */
  record Sync(Ballot ballot, long decided, List<LoggedEntry> entries, long commit)
      implements Message {}

  /** Phase 2a for one slot, only to a replica that was synced in this ballot. */
  record Accept(Ballot ballot, LoggedEntry logged, long commit) implements Message {}

  /**
   * Phase 2b, cumulative: everything through {@code verified} is durable here as {@code ballot}'s
   * leader has it.
   */
  record Accepted(Ballot ballot, long verified, long applied) implements Message {}

  /**
   * The leader lives; {@code commit} is decided; {@code readSequence} asks to be confirmed for
   * reads.
   */
  record Heartbeat(Ballot ballot, long commit, long readSequence, long sentTick)
      implements Message {}

  /** Echoes a heartbeat of the same ballot. */
  record HeartbeatReply(Ballot ballot, long readSequence, long sentTick, long verified)
      implements Message {}

  /** I lack what comes after {@code decided}: send decided entries, and, if you lead, a Sync. */
  record Want(long decided) implements Message {}

  /** Decided entries, in order; {@code decidedThrough} is how far the sender could go on. */
  record CatchUp(List<LoggedEntry> entries, long decidedThrough) implements Message {}

  /** The leader hands over: campaign now, without a Probe, once your log reaches {@code length}. */
  record Transfer(Ballot ballot, long length) implements Message {}
}
