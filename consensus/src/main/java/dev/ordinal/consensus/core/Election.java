package dev.ordinal.consensus.core;

import java.util.random.RandomGenerator;

/**
 * Whether a live leader is known, and when this replica loses patience. All of it is volatile,
 * which is why a replica that has just started neither votes nor campaigns for one electionTicksMin
 * (rule R9): it may have let a leader believe in it moments before it stopped.
 */
final class Election {
  private final Timing timing;
  private final Ticks ticks;
  private final RandomGenerator chance;

  /** A leader that was last heard before this is not live. */
  private long liveUntil;

  private long deadline;
  private long roundSeen;

  Election(Timing timing, Ticks ticks, RandomGenerator chance) {
    this.timing = timing;
    this.ticks = ticks;
    this.chance = chance;
    this.liveUntil = timing.electionTicksMin();
    this.deadline = drawTimeout();
  }

  /** Rule R9: for one timeout after the start, no Probe is granted, no Prepare promised. */
  boolean abstains() {
    return ticks.now() < timing.electionTicksMin();
  }

  /** Whether a probe would be granted: no live leader is known. */
  boolean grants() {
    return ticks.now() >= liveUntil && !abstains();
  }

  boolean isDue() {
    return ticks.now() >= deadline && !abstains();
  }

  /** The round to campaign in: above all that were seen, and above {@code promised}. */
  long nextRound(Ballot promised) {
    return Math.max(roundSeen, promised.round()) + 1;
  }

  void sawRound(long round) {
    roundSeen = Math.max(roundSeen, round);
  }

  /** A leader spoke. A replica that lacks {@code lag} entries lets others campaign first. */
  void heardLeader(long lag) {
    liveUntil = ticks.now() + timing.electionTicksMin();
    deadline = drawTimeout() + Math.min(lag, timing.electionTicksMax());
  }

  /** Whoever campaigns now gets a whole timeout to succeed. */
  void giveWay() {
    deadline = drawTimeout();
  }

  /** The leader is gone: others may be granted a probe at once, and one is due here soon. */
  void lostLeader(long lag) {
    liveUntil = ticks.now();
    deadline =
        ticks.now()
            + 1
            + chance.nextInt(timing.heartbeatTicks())
            + Math.min(lag, timing.electionTicksMin());
  }

  /** A probe was sent: if too few answer, ask again before long. */
  void awaitGrants() {
    deadline = ticks.now() + timing.retryTicks() + chance.nextInt(timing.retryTicks());
  }

  private long drawTimeout() {
    int spread = timing.electionTicksMax() - timing.electionTicksMin();
    return ticks.now() + timing.electionTicksMin() + chance.nextInt(spread + 1);
  }
}
