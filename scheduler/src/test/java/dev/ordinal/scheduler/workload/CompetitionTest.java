package dev.ordinal.scheduler.workload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ordinal.scheduler.cluster.Audit;
import dev.ordinal.scheduler.placement.Policy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What alternatives are worth to schedulers that decide on equally stale views. */
class CompetitionTest {
  private static final Workload WORKLOAD = BuiltInWorkload.load();

  /** As many plans in a round as a scheduler has in flight with the usual settings. */
  private static final Competition.Field EIGHT = new Competition.Field(8, 8);

  private static final Competition.Field ALONE = new Competition.Field(1, 8);

  @ParameterizedTest
  @ValueSource(strings = {"first-fit", "best-fit"})
  void threeAlternativesLeaveAtMostATenthOfTheConflicts(String policy) {
    Competition.Result without = run(policy, 1, EIGHT);
    Competition.Result with = run(policy, 3, EIGHT);
    assertThat(without.conflicts()).isGreaterThan(10_000);
    assertThat(with.conflicts()).isLessThanOrEqualTo(without.conflicts() / 10);
  }

  /** What falls back goes elsewhere than the policy wants; it must not fill the cluster worse. */
  @ParameterizedTest
  @ValueSource(strings = {"first-fit", "best-fit", "fullest-of-8"})
  void alternativesPlaceAsManyTasksWithinAHundredth(String policy) {
    int without = run(policy, 1, EIGHT).placements().size();
    int with = run(policy, 3, EIGHT).placements().size();
    assertThat(with).isGreaterThan(without - without / 100);
  }

  @Test
  void aSchedulerAloneNeverConflictsAndNeverFallsBack() {
    Competition.Result without = run("best-fit", 1, ALONE);
    Competition.Result with = run("best-fit", 3, ALONE);
    assertThat(without.conflicts()).isZero();
    assertThat(with).isEqualTo(without);
  }

  private static Competition.Result run(String policy, int alternatives, Competition.Field field) {
    Competition.Result result =
        Competition.run(WORKLOAD, Policy.named(policy), alternatives, field);
    assertThat(Audit.violations(result.placements())).isEmpty();
    assertThat(result.placements().size() + result.unplaced()).isEqualTo(8_152);
    return result;
  }
}
