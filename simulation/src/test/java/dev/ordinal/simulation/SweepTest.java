package dev.ordinal.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The core, unharmed, in thousands of different surroundings. */
class SweepTest {
  private static final int SEEDS = 2_000;

  @Test
  void everyInvariantHoldsAndEveryRoleMeetsEveryMessage() {
    SweepReport report = Sweep.run(1, SEEDS, 1, _ -> {});
    assertThat(report.violations()).as(new SweepText(report, 0).table()).isEmpty();
    assertThat(report.runs()).isEqualTo(SEEDS);
    assertThat(report.coverage().missing()).as("what never occurred in %d seeds", SEEDS).isEmpty();
  }
}
