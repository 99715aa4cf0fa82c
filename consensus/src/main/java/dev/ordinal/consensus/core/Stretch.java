package dev.ordinal.consensus.core;

import dev.ordinal.consensus.quorum.Configuration;

/**
 * The slots that one configuration decides: all after {@code since}, through the stop-sign that
 * ends it.
 *
 * @param since the slot of the stop-sign that began it; 0 for the first
 */
public record Stretch(long since, Configuration configuration) {
  public Stretch {
    if (since < 0) {
      throw new IllegalArgumentException("a stretch begins behind slot 0 or later, was " + since);
    }
  }

  /** The beginning of a log whose first configuration is {@code configuration}. */
  public static Stretch first(Configuration configuration) {
    return new Stretch(0, configuration);
  }

  /** Whether it begins later than {@code other}, in a later configuration. */
  public boolean isAfter(Stretch other) {
    return since > other.since && configuration.number() > other.configuration.number();
  }

  /** The lowest ballot of this stretch: that of its first leader, who needs no phase 1. */
  public Ballot firstBallot() {
    return new Ballot(configuration.number(), 0, configuration.firstLeader());
  }
}
