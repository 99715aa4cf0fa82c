package dev.ordinal.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The core, unharmed, in thousands of different surroundings. */
class SweepTest {
  private static final int SEEDS = 2_000;

  /** So rare that only longer sweeps reach it. */
  private static final List<String> RARE = List.of("observed SteppedDown LOG_DIFFERS");

  @Test
  void everyInvariantHoldsAndEveryKindOfObservationOccurs() {
    SweepReport report = Sweep.run(1, SEEDS, 1, _ -> {});
    assertThat(report.violations()).as(new SweepText(report, 0).table()).isEmpty();
    assertThat(report.runs()).isEqualTo(SEEDS);
    assertThat(report.coverage().missing())
        .filteredOn(name -> !name.contains(" takes ") && !RARE.contains(name))
        .as("kinds that never occurred in %d seeds", SEEDS)
        .isEmpty();
  }
}
