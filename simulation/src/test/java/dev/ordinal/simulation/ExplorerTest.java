package dev.ordinal.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ordinal.simulation.explore.Exploration;
import dev.ordinal.simulation.explore.Explorer;
import dev.ordinal.simulation.explore.Mark;
import dev.ordinal.simulation.explore.Scope;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class ExplorerTest {
  private static final int STATES_MAX = 5_000_000;

  static final List<Scope> SCOPES = Scope.STANDARD;

  @ParameterizedTest
  @FieldSource("SCOPES")
  void everyStateIsAsItMustBe(Scope scope) {
    long started = System.nanoTime();
    Exploration exploration = Explorer.explore(scope, STATES_MAX, _ -> {});
    double seconds = (System.nanoTime() - started) / 1e9;
    System.out.println(new ExplorationText(exploration).text(seconds));
    assertThat(exploration.wrong()).isNull();
    assertThat(exploration.complete()).isTrue();
    assertThat(exploration.marks()).containsKeys(marksOf(scope));
  }

  @ParameterizedTest
  @FieldSource("SCOPES")
  void everyRunVisitsTheSameStates(Scope scope) {
    Exploration.Sizes once = Explorer.explore(scope, 20_000, _ -> {}).sizes();
    assertThat(Explorer.explore(scope, 20_000, _ -> {}).sizes()).isEqualTo(once);
  }

  /** What a scope that shows something comes across. */
  private static Mark[] marksOf(Scope scope) {
    Set<Mark> marks = EnumSet.of(Mark.A_LEADER, Mark.SOMETHING_DECIDED);
    if (scope.campaigns().stream().filter(count -> count > 0).count() > 1) {
      marks.add(Mark.TWO_LEADERS);
    }
    if (scope.faults().crashes() > 0) {
      marks.add(Mark.A_CRASH);
    }
    if (!scope.next().nextVoters().isEmpty()) {
      marks.add(Mark.A_NEW_CONFIGURATION);
    }
    return marks.toArray(Mark[]::new);
  }
}
