package dev.ordinal.consensus.core;

import dev.ordinal.consensus.quorum.Configuration;

/**
 * What a replica reports of itself. The shell turns observations into logs and metrics; the
 * simulator counts them and fails a sweep in which some kind never occurred, so that rare paths are
 * proven reached.
 */
public sealed interface Observation {
  /** This replica asks for promises in {@code ballot}; enough members would let it lead. */
  record Campaigned(Ballot ballot) implements Observation {}

  /** This replica leads, in {@code ballot}; phase 1 is over. */
  record Elected(Ballot ballot) implements Observation {}

  /** This replica no longer leads {@code ballot}. */
  record SteppedDown(Ballot ballot, Reason reason) implements Observation {}

  /** The leader is now {@code node}; 0 if none is known. */
  record LeaderChanged(int node) implements Observation {}

  /** Undecided entries from {@code slot} on gave way to those of the leader or to decided ones. */
  record TailReplaced(long slot) implements Observation {}

  /** {@code now} is in force; {@code votes}: this replica has a vote in it. */
  record ConfigurationChanged(Configuration now, boolean votes) implements Observation {}

  /** This replica leads and hands over to {@code target}. */
  record HandingOver(int target) implements Observation {}

  /** Seen by the leader: {@code member} lost messages and is sent the undecided log once more. */
  record Resynced(int member) implements Observation {}

  /** Seen by the leader: {@code member} is too far behind for memory, the log feeds it. */
  record FellBehind(int member, long decided) implements Observation {}

  /** Why a leader stopped. */
  enum Reason {
    /** Someone promised, leads or campaigns in a higher ballot. */
    HIGHER_BALLOT,
    /** No quorum echoed its heartbeats for one election timeout. */
    NO_QUORUM,
    /** A write took longer than an election timeout. */
    DISK_STALLED,
    /** What others decided differs from its undecided entries. */
    LOG_DIFFERS,
    /** Its configuration is over. */
    RECONFIGURED
  }
}
