package dev.ordinal.consensus.core;

import dev.ordinal.consensus.entry.LoggedEntry;
import java.util.List;

/**
 * Everything a replica can ask of the world. Effects are values: no futures, no callbacks; a caller
 * is a ticket number. They are to be carried out in their order; the one {@link Persist} of a step
 * comes last, so that even a shell that writes before it goes on has sent its messages by then.
 *
 * <p>The one rule behind the groups: <em>a message may claim only what the disk already says</em>.
 */
public sealed interface Effect {
  /** Stands for no group: nothing has to be waited for. Real groups start at 1. */
  long NO_GROUP = 0;

  /**
   * Starts one atomic, synced write; {@link Event.Persisted} reports it. Groups ascend by one, at
   * most {@link Settings#GROUPS_MAX} are open.
   */
  record Persist(long group, List<Change> changes) implements Effect {
    public Persist {
      changes = List.copyOf(changes);
    }
  }

  /**
   * Leaves when {@code after} is durable, at once if that is {@link #NO_GROUP}. The group may be
   * one whose {@link Persist} is still to come, in this step or a later one.
   */
  record Send(int to, Message message, long after) implements Effect {}

  /**
   * Read decided entries from slot {@code from} on (through {@code through} at most, at least one
   * and as many as fit into one message) from the log, and send them as {@link Message.CatchUp}
   * with {@code decidedThrough = through}. All of them are durable. The shell reads; the core never
   * does.
   */
  record SendDecided(int to, long from, long through) implements Effect {}

  /**
   * {@code logged} is decided; slots come in order and without gaps, the first after a start being
   * the one after {@link Image#decided}. {@code tickets} names the callers of its commands in
   * order, and is empty if this replica did not propose it.
   *
   * <p>The state machine gets it when {@code after}, the group that holds it, is durable here: so
   * whatever becomes of the process, its state is never ahead of its log. Others may have decided
   * the slot before; the groups of successive slots never descend.
   */
  record Apply(LoggedEntry logged, List<Long> tickets, long after) implements Effect {
    public Apply {
      tickets = List.copyOf(tickets);
    }
  }

  /**
   * This replica lacks decided entries that {@code from} has no more: fetch a snapshot there, at
   * {@code slot} or later. It is asked for again as long as nothing comes of it. Once the snapshot
   * is complete, verified and durable, the process starts again with it: {@link Installation}.
   */
  record FetchSnapshot(int from, long slot) implements Effect {}

  /** The last word to a caller, unless {@link Apply} carries its ticket. */
  record Answer(long ticket, Verdict verdict) implements Effect {}

  /** Something an operator or a test would want to know. */
  record Observe(Observation observation) implements Effect {}
}
