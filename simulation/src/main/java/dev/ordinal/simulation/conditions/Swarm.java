package dev.ordinal.simulation.conditions;

import dev.ordinal.consensus.core.Bounds;
import dev.ordinal.consensus.core.Settings;
import dev.ordinal.consensus.core.Timing;
import dev.ordinal.consensus.quorum.Configuration;
import dev.ordinal.consensus.quorum.CountingQuorums;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Draws the conditions of a run. Most kinds of faults are absent from most runs: leaving things out
 * is what makes runs differ, and rare combinations need room (Groce et al., "Swarm Testing", 2012).
 */
public final class Swarm {
  private static final int MILLION = 1_000_000;
  private static final long ROOMY_BYTES = 1 << 20;

  private final Chance chance;

  private Swarm(Chance chance) {
    this.chance = chance;
  }

  public static Conditions draw(Chance chance) {
    return new Swarm(chance).conditions();
  }

  private Conditions conditions() {
    Conditions.Group group = group();
    return new Conditions(
        group,
        wire(),
        storage(),
        shell(),
        load(group.settings().timing()),
        faults(),
        chance.between(100, 600));
  }

  private Conditions.Group group() {
    int members = chance.pick(1, 2, 3, 3, 3, 3, 3, 4, 5, 5, 5, 6, 7);
    int electing = chance.oneIn(5) ? chance.between(1, members) : members / 2 + 1;
    int deciding = electing == members / 2 + 1 ? electing : members - electing + 1;
    return new Conditions.Group(
        new Configuration(
            1,
            Configuration.ofMajorities(1, IntStream.rangeClosed(1, members).boxed().toList())
                .members(),
            0,
            new CountingQuorums(members, electing, deciding)),
        settings());
  }

  private Settings settings() {
    int windowCount = chance.pick(1, 2, 3, 4, 8, 32);
    long windowBytes = chance.oneIn(4) ? chance.between(192L, 1_024L) : ROOMY_BYTES;
    long batchBytes = chance.between(64L, Math.min(512L, windowBytes / 2));
    return new Settings(
        timing(),
        chance.between(48, 96),
        new Bounds(chance.pick(1, 2, 4, 32), batchBytes),
        new Bounds(chance.pick(1, 4, 64), ROOMY_BYTES),
        new Bounds(windowCount, windowBytes),
        new Bounds(chance.pick(1, 2, 4, 64), chance.oneIn(3) ? 256L : ROOMY_BYTES),
        new Bounds(chance.pick(1, 2, 8, 64), chance.oneIn(3) ? 128L : ROOMY_BYTES),
        windowCount + chance.pick(0, 1, 8, 100),
        chance.oneIn(2) ? chance.between(100L, 4_000L) : ROOMY_BYTES);
  }

  private Timing timing() {
    int heartbeat = chance.between(1, 5);
    int electionMin = 2 * heartbeat + chance.between(1, 20);
    int electionMax = electionMin + chance.between(6, 40);
    return new Timing(heartbeat, electionMin, electionMax, chance.between(1, 10));
  }

  private Conditions.Wire wire() {
    return new Conditions.Wire(
        chance.pick(1, 100, 500, 2_000, 6_000),
        rate(3, 300_000),
        rate(3, 200_000),
        rate(3, 100_000),
        chance.between(5L, 120L) * Conditions.TICK,
        chance.oneIn(2),
        rate(2, MILLION));
  }

  private Conditions.Storage storage() {
    return new Conditions.Storage(
        chance.pick(1, 100, 1_000, 5_000), chance.pick(0, 100, 2_000), chance.oneIn(6));
  }

  private Conditions.Shell shell() {
    boolean busy = chance.oneIn(4);
    return new Conditions.Shell(
        busy ? 1_000 : chance.pick(0, 0, 50),
        busy ? 256 : chance.pick(1, 2, 8, 256),
        chance.pick(0, 10, 50),
        chance.pick(0, 50, 3_000),
        rate(2, 500_000),
        rate(5, 3_000));
  }

  private Conditions.Load load(Timing timing) {
    return new Conditions.Load(
        chance.pick(1, 2, 4, 8, 20),
        chance.pick(1, 5, 20, 100) * Conditions.TICK,
        chance.between(2L, 3L * timing.electionTicksMax()) * Conditions.TICK,
        chance.pick(0, 100_000, 500_000, 900_000),
        rate(2, MILLION));
  }

  private Conditions.Faults faults() {
    return new Conditions.Faults(
        every(2, 60),
        every(4, 150),
        every(2, 60),
        every(2, 40),
        every(3, 100),
        every(2, 60),
        every(4, 120),
        every(4, 60),
        chance.pick(5, 60, 200),
        chance.oneIn(3));
  }

  /** In one of {@code runs} runs up to {@code most} per million; otherwise low, mostly zero. */
  private int rate(int runs, int most) {
    if (chance.oneIn(runs)) {
      return chance.between(1, most);
    }
    return chance.oneIn(3) ? chance.between(1, most / 20) : 0;
  }

  /** Never in all but one run of {@code runs}; otherwise a mean of at least {@code least} ticks. */
  private int every(int runs, int least) {
    return chance.oneIn(runs) ? chance.pick(List.of(least, least * 2, least * 5)) : 0;
  }
}
