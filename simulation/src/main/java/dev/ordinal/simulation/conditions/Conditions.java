package dev.ordinal.simulation.conditions;

import dev.ordinal.consensus.core.Settings;
import dev.ordinal.consensus.quorum.Configuration;

/**
 * Everything about one run that is fixed before it starts. Durations are in moments, {@link #TICK}
 * of which are one tick of an undisturbed clock; chances are per million.
 *
 * @param safetyTicks how long faults last; then comes calm, and progress is demanded
 */
public record Conditions(
    Group group,
    Wire wire,
    Storage storage,
    Shell shell,
    Load load,
    Faults faults,
    int safetyTicks) {
  /** How many moments a tick has. */
  public static final long TICK = 1_000;

  /** Who votes, and by which bounds. */
  public record Group(Configuration members, Settings settings) {}

  /**
   * The network.
   *
   * @param late chance that a message takes up to {@code lateMax} instead
   * @param inOrder whether messages of one link keep their order, as on one connection
   * @param lostHint chance that a member is told that another's process ended
   */
  public record Wire(
      long delayMax,
      int loss,
      int duplication,
      int late,
      long lateMax,
      boolean inOrder,
      int lostHint) {}

  /**
   * The disks.
   *
   * @param syncMax how long a write takes at most
   * @param reportMax between a write being durable and the process knowing
   * @param fused the process waits for each write itself, so both are zero for it
   */
  public record Storage(long syncMax, long reportMax, boolean fused) {}

  /**
   * How a process treats the core.
   *
   * @param turnMax how long an event waits for its turn at most
   * @param turnEventsMax the most events of one step
   * @param driftPercent how much faster or slower than another a clock may run
   * @param applyMax how long the state machine takes for one turn at most
   * @param flush chance after each applied slot that the state becomes durable
   * @param crashAtEffect chance before each effect that the process ends
   */
  public record Shell(
      long turnMax,
      int turnEventsMax,
      int driftPercent,
      long applyMax,
      int flush,
      int crashAtEffect) {}

  /**
   * The clients.
   *
   * @param thinkMax between two operations of one client
   * @param patience after which a client believes that no answer comes
   * @param reads chance that an operation reads
   * @param repeats chance that a command with an unknown fate is proposed once more
   */
  public record Load(int clients, long thinkMax, long patience, int reads, int repeats) {}

  /**
   * What goes wrong, as the mean number of ticks between two faults of a kind; 0 for never.
   *
   * @param snapshot a member fetches one that it does not need
   * @param lastingMax ticks that the consequences of one fault last at most
   * @param coreOnly in the end only a quorum is healed, the others stay dead or half deaf for ever
   */
  public record Faults(
      int crash,
      int powerCut,
      int pause,
      int cutLinks,
      int bridge,
      int slowDisk,
      int syncError,
      int snapshot,
      int lastingMax,
      boolean coreOnly) {}
}
