package dev.ordinal.consensus.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Stories of whole groups. */
class ClusterTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 7})
  void aGroupOfAnySizeElectsALeaderAndDecides(int members) {
    Cluster cluster = new Cluster(Settings.DEFAULT, members);
    int leader = cluster.elect();
    long ticket = cluster.propose(leader, "x");
    for (int member = 1; member <= members; member++) {
      assertThat(cluster.applied(member)).containsExactly("x");
      assertThat(cluster.view(member).leader()).isEqualTo(leader);
    }
    assertThat(cluster.slots).containsKey(ticket);
  }

  @Test
  void aDeposedLeaderCannotOverwriteADecidedValue() {
    Cluster cluster = new Cluster(Settings.DEFAULT, 3);
    int old = cluster.elect();
    cluster.cut(old);
    long lost = cluster.propose(old, "lost");
    int next = cluster.elect();
    cluster.propose(next, "kept");
    cluster.heal();
    cluster.tick(50);

    assertThat(next).isNotEqualTo(old);
    assertThat(cluster.verdicts).containsEntry(lost, new Verdict.Undetermined());
    assertThat(cluster.applied(old)).containsExactly("kept");
    assertThat(cluster.observations).anyMatch(Observation.TailReplaced.class::isInstance);
  }

  @Test
  void aLostProcessIsReplacedWithinTenTicksWhenItsConnectionsBreak() {
    Cluster cluster = new Cluster(Settings.DEFAULT, 3);
    int old = cluster.elect();
    cluster.tick(10);
    cluster.stop(old);
    for (int member = 1; member <= 3; member++) {
      if (member != old) {
        cluster.give(member, new Event.PeerLost(old));
      }
    }
    cluster.tick(10);
    assertThat(cluster.leaders()).hasSize(1);
  }

  @Test
  void aMemberThatWasAwayForLongIsFedFromTheLog() {
    Cluster cluster = new Cluster(Settings.DEFAULT, 3);
    int leader = cluster.elect();
    int away = leader == 3 ? 1 : 3;
    cluster.stop(away);
    List<String> commands = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      commands.add("c" + i);
      cluster.propose(leader, "c" + i);
    }
    cluster.restart(away);
    cluster.tick(30);
    assertThat(cluster.applied(away)).isEqualTo(commands);
    assertThat(cluster.view(away).verified()).isEqualTo(cluster.view(leader).length());
    assertThat(cluster.observations).anyMatch(Observation.FellBehind.class::isInstance);
  }

  @Test
  void aLeaderWhoseDiskStallsHandsOver() {
    Cluster cluster = new Cluster(Settings.DEFAULT, 3);
    int old = cluster.elect();
    cluster.stall(old);
    cluster.propose(old, "x");
    assertThat(cluster.view(old).decided()).isEqualTo(cluster.view(old).length());
    assertThat(cluster.applied(old)).as("decided by the others, not durable here").isEmpty();
    cluster.tick(Timing.DEFAULT.electionTicksMax() + 2);
    int next = cluster.elect();
    assertThat(next).isNotEqualTo(old);
    cluster.resume(old);
    cluster.propose(next, "y");
    cluster.tick(30);
    assertThat(cluster.applied(old)).containsExactly("x", "y");
  }
}
