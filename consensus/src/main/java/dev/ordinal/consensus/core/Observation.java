package dev.ordinal.consensus.core;

/**
 * What a replica reports of itself. The shell turns observations into logs and metrics; the
 * simulator counts them and fails a sweep in which some kind never occurred, so that rare paths are
 * proven reached.
 */
public sealed interface Observation {
  /** This replica leads, in {@code ballot}; phase 1 is over. */
  record Elected(Ballot ballot) implements Observation {}

  /** This replica no longer leads {@code ballot}. */
  record SteppedDown(Ballot ballot, String why) implements Observation {}

  /** The leader is now {@code node}; 0 if none is known. */
  record LeaderChanged(int node) implements Observation {}
}
