package dev.ordinal.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SessionTest {
  private final Session session = new Session(7);

  @Test
  void acknowledgesTheContiguousPrefixOfKnownOutcomes() {
    long a = session.nextSequence();
    long b = session.nextSequence();
    long c = session.nextSequence();

    session.known(b);
    assertThat(session.acknowledgedThrough()).isZero();
    session.known(a);
    assertThat(session.acknowledgedThrough()).isEqualTo(b);
    session.known(c);
    assertThat(session.acknowledgedThrough()).isEqualTo(c);
  }

  @Test
  void hasRoomForOneWindowOfUnacknowledgedSequences() {
    for (int i = 0; i < Session.WINDOW; i++) {
      assertThat(session.nextSequence()).isEqualTo(i + 1);
    }
    assertThat(session.hasRoom()).isFalse();
    session.known(2);
    assertThat(session.hasRoom()).isFalse();
    session.known(1);
    assertThat(session.nextSequence()).isEqualTo(Session.WINDOW + 1);
    assertThat(session.nextSequence()).isEqualTo(Session.WINDOW + 2);
    assertThat(session.hasRoom()).isFalse();
  }

  @Test
  void anOutcomeIsLearnedOnce() {
    session.known(session.nextSequence());
    assertThatThrownBy(() -> session.known(1)).hasMessageContaining("acknowledged through 1");
    assertThatThrownBy(() -> session.known(2)).hasMessageContaining("next 2");
  }
}
