package dev.ordinal.simulation.mutants;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ordinal.simulation.ScopeCheck;
import dev.ordinal.simulation.explore.Scope;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The explorer would find these; what it says of the core is worth as much. */
class ExplorerMutantsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          torn-writes      | M1 a promise leaves before it is durable
          slow-disks       | M2 an acceptance leaves before it is durable
          repeat           | M3 half of the members decide
          crash            | M29 a promise is forgotten by a restart
          restarted-leader | a leadership is resumed after a restart
          slow-disks       | an entry is applied before it is durable
          crash            | M7 a new leader ignores what others have accepted
          """)
  void isFound(String scope, String name) {
    Mutant mutant =
        Mutants.all().stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
    assertThat(MutantLoader.plant(mutant, ScopeCheck.class).apply(number(scope))).isNotEmpty();
  }

  private static int number(String scope) {
    return Scope.STANDARD.stream().map(Scope::name).toList().indexOf(scope);
  }
}
