package dev.ordinal.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AllowanceTest {
  private final Allowance allowance = new Allowance();

  @Test
  void nothingIsBoundedUntilTheLeaderRefuses() {
    allowance.taken();
    assertThat(allowance.left(1_000_000)).isPositive();
  }

  @Test
  void aRefusalHalvesAndARoundThatIsTakenAddsOne() {
    allowance.refused(99);
    assertThat(allowance.left(0)).isEqualTo(50);
    for (int i = 0; i < 50; i++) {
      allowance.taken();
    }
    assertThat(allowance.left(0)).isEqualTo(51);
    assertThat(allowance.left(51)).isZero();
  }

  @Test
  void oneAtATimeIsAlwaysAllowed() {
    for (int i = 0; i < 10; i++) {
      allowance.refused(1);
    }
    assertThat(allowance.left(0)).isEqualTo(1);
  }
}
