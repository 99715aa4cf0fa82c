package dev.ordinal.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WorkloadTest {
  @Test
  void everyKeyHas24BytesInTheOrderOfItsNumber() {
    assertThat(Workload.key(0).text()).isEqualTo("bench/000000000000000000");
    assertThat(Workload.key(12_345).text()).isEqualTo("bench/000000000000012345");
    assertThat(Workload.key(Workload.KEYS_MAX).text()).hasSize(Workload.KEY_BYTES);
  }

  @Test
  void theSameSeedGivesTheSameTransactions() {
    assertThat(new Workload(1_000, 256, 7).next().groups().toString())
        .isEqualTo(new Workload(1_000, 256, 7).next().groups().toString());
  }
}
