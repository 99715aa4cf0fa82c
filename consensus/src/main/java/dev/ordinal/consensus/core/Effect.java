package dev.ordinal.consensus.core;

import dev.ordinal.consensus.entry.LoggedEntry;
import java.util.List;

/**
 * Everything a replica can ask of the world. Effects are values: no futures, no callbacks; a caller
 * is a ticket number.
 *
 * <p>The one rule behind the groups: <em>a message may claim only what the disk already says</em>.
 */
public sealed interface Effect {
  /** The group of a message that claims nothing about the disk. Real groups start at 1. */
  long NO_GROUP = 0;

  /**
   * Starts one atomic, synced write; {@link Event.Persisted} reports it. Groups ascend by one, at
   * most two are open.
   */
  record Persist(long group, List<Change> changes) implements Effect {}

  /** Leaves when {@code after} is durable, at once if that is {@link #NO_GROUP}. */
  record Send(int to, Message message, long after) implements Effect {}

  /**
   * Read decided entries from slot {@code from} on (through {@code through} at most, and as many as
   * fit into one message) from the log, and send them as {@link Message.CatchUp}. The shell reads;
   * the core never does.
   */
  record SendDecided(int to, long from, long through) implements Effect {}

  /**
   * {@code logged} is decided; slots come in order and without gaps. {@code tickets} names the
   * callers of its commands in order, and is empty if this replica did not propose it.
   */
  record Apply(LoggedEntry logged, List<Long> tickets) implements Effect {}

  /** The last word to a caller, unless {@link Apply} carries its ticket. */
  record Answer(long ticket, Verdict verdict) implements Effect {}

  /** Something an operator or a test would want to know. */
  record Observe(Observation observation) implements Effect {}
}
