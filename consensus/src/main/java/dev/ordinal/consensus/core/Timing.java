package dev.ordinal.consensus.core;

/**
 * When a leader speaks, when others lose patience, and when something is said again; in ticks.
 *
 * @param heartbeatTicks between two heartbeats of a leader
 * @param electionTicksMin silence after which a leader counts as lost, so that others may be
 *     granted a probe
 * @param electionTicksMax the longest silence before a follower asks to lead; the wait is drawn
 *     from {@code electionTicksMin} to this. Also how long a leader goes on without echoes, and how
 *     long a write may take before it gives up on its disk
 * @param retryTicks before an unanswered request is repeated; doubles up to {@code
 *     electionTicksMax} while nothing comes of it
 */
public record Timing(
    int heartbeatTicks, int electionTicksMin, int electionTicksMax, int retryTicks) {
  /**
   * For ticks of 10 ms: a silent leader is replaced about half a second after its last word, and a
   * pause of 350 ms (a full collection on a small, busy machine) costs no election.
   */
  public static final Timing DEFAULT = new Timing(5, 40, 80, 10);

  public Timing {
    if (heartbeatTicks < 1 || heartbeatTicks * 2 >= electionTicksMin) {
      throw new IllegalArgumentException(
          "heartbeatTicks must be at least 1 and less than half of electionTicksMin %d, was %d"
              .formatted(electionTicksMin, heartbeatTicks));
    }
    if (electionTicksMin >= electionTicksMax) {
      throw new IllegalArgumentException(
          "electionTicksMin must be below electionTicksMax %d to spread elections, was %d"
              .formatted(electionTicksMax, electionTicksMin));
    }
    if (retryTicks < 1 || retryTicks > electionTicksMax) {
      throw new IllegalArgumentException(
          "retryTicks must be 1 to electionTicksMax %d, was %d"
              .formatted(electionTicksMax, retryTicks));
    }
  }
}
