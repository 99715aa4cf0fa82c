package dev.ordinal.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RefusingTest {
  private static final Duration SPAN = Duration.ofNanos(100);

  private final Refusing refusing = new Refusing();

  @Test
  void onlyRefusalsWithoutABreakLast() {
    refusing.answered(true, 0);
    refusing.answered(true, 99);
    assertThat(refusing.lasts(SPAN, 99)).isFalse();
    assertThat(refusing.lasts(SPAN, 100)).isTrue();
    refusing.answered(false, 101);
    assertThat(refusing.lasts(SPAN, 1_000)).isFalse();
    refusing.answered(true, 1_000);
    assertThat(refusing.lasts(SPAN, 1_099)).isFalse();
  }

  /** The last transactions gave up; those that come an hour later find a replica with room. */
  @Test
  void anOldOverloadDoesNotCountAgainstALaterTransaction() {
    refusing.answered(true, 0);
    refusing.forget();
    assertThat(refusing.lasts(SPAN, 1_000_000)).isFalse();
  }
}
