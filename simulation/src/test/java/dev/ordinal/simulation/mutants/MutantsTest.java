package dev.ordinal.simulation.mutants;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ordinal.simulation.SeedCheck;
import java.util.List;
import java.util.function.LongFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MutantsTest {
  static List<Mutant> mutants() {
    return Mutants.all();
  }

  @ParameterizedTest
  @MethodSource("mutants")
  void isFound(Mutant mutant) {
    LongFunction<String> check = MutantLoader.plant(mutant, SeedCheck.class);
    long seed = 1;
    String violation = "";
    while (violation.isEmpty() && seed <= mutant.seedsMax()) {
      violation = check.apply(seed);
      seed++;
    }
    assertThat(violation).as("a violation within %d seeds", mutant.seedsMax()).isNotEmpty();
  }
}
