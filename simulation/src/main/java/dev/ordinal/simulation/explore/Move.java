package dev.ordinal.simulation.explore;

/** One thing that can happen to one member of a group. */
sealed interface Move {
  /** {@code message}, an index of {@link Envelopes}, arrives. */
  record Deliver(int message) implements Move {}

  /** A client hands {@code command} to a leader. */
  record Propose(int command) implements Move {}

  /** An operator asks a leader for the next configuration. */
  record Reconfigure() implements Move {}

  /** As many ticks pass as it takes until the member asks to lead. */
  record LosePatience() implements Move {}

  /** One tick of a leader passes: it speaks to all. */
  record Beat() implements Move {}

  /** The oldest write under way is durable, and the member learns of it. */
  record Persist() implements Move {}

  /** The process ends and starts again; of the writes under way, {@code written} are durable. */
  record Crash(int written) implements Move {}
}
