package dev.ordinal.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ordinal.consensus.core.Ballot;
import dev.ordinal.consensus.core.ReplicaView;
import dev.ordinal.consensus.quorum.Configuration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReadinessTest {
  private static final Ballot BALLOT = new Ballot(1, 4, 2);

  @Test
  void aReplicaThatKnowsNoLeaderIsNotReady() {
    assertThat(Readiness.of(view(0, 10, 10), 10))
        .isEqualTo(new Readiness(false, "no leader is known"));
  }

  @Test
  void aReplicaIsReadyWhileItIsNoFurtherBehindThanLoadMakesIt() {
    long heard = 5 + Readiness.LAG_SLOTS_MAX;
    assertThat(Readiness.of(view(2, 5, heard), 5))
        .isEqualTo(new Readiness(true, "ready; node 2 leads"));
    assertThat(Readiness.of(view(2, 5, heard), 4))
        .isEqualTo(
            new Readiness(
                false, "1001 slots behind node 2, which leads; at most 1000 are allowed"));
  }

  /** Decided here, but the state machine has not come that far. */
  @Test
  void whatIsNotAppliedCountsAsMissing() {
    assertThat(Readiness.of(view(2, 2_000, 2_000), 500).ready()).isFalse();
  }

  private static ReplicaView view(int leader, long decided, long heard) {
    return new ReplicaView(
        ReplicaView.Role.FOLLOWER,
        leader,
        Configuration.ofMajorities(1, List.of(1, 2, 3)),
        BALLOT,
        BALLOT,
        decided,
        decided,
        heard,
        heard,
        heard,
        0,
        0,
        List.of(),
        List.of());
  }
}
