package dev.ordinal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class UpVerbTest {
  @Test
  void addressesThatVerbsDoNotLookAtByThemselvesAreSaid() {
    assertThat(UpVerb.firstSteps(List.of("127.0.0.1:9001", "127.0.0.1:9002")))
        .contains("export ORDINAL_ADDRESSES=127.0.0.1:9001,127.0.0.1:9002");
    assertThat(UpVerb.firstSteps(List.of("127.0.0.1:7411"))).doesNotContain("ORDINAL_ADDRESSES");
  }
}
