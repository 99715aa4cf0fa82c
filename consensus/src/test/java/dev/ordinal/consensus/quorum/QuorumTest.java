package dev.ordinal.consensus.quorum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class QuorumTest {
  @Test
  void moreThanHalfIsAMajority() {
    int[] majorities = {1, 2, 2, 3, 3, 4, 4};
    for (int members = 1; members <= Configuration.MEMBERS_MAX; members++) {
      CountingQuorums quorums = CountingQuorums.majorities(members);
      assertThat(quorums.electing()).isEqualTo(majorities[members - 1]);
      assertThat(quorums.deciding()).isEqualTo(majorities[members - 1]);
    }
  }

  @Test
  void twoOfFourMayDecideIfThreeElect() {
    CountingQuorums quorums = new CountingQuorums(4, 3, 2);
    assertThat(quorums.decides(new TreeSet<>(List.of(1, 4)))).isTrue();
    assertThat(quorums.elects(new TreeSet<>(List.of(1, 4)))).isFalse();
    assertThat(quorums.elects(new TreeSet<>(List.of(1, 2, 4)))).isTrue();
  }

  @Test
  void quorumsThatNeedNotMeetAreRefused() {
    assertThatThrownBy(() -> new CountingQuorums(4, 2, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("above 4");
  }

  @Test
  void aConfigurationHasOneToSevenMembers() {
    assertThat(Configuration.ofMajorities(1, List.of(3, 1, 2)).members()).containsExactly(1, 2, 3);
    for (List<Integer> members : List.of(List.<Integer>of(), List.of(0, 1, 2))) {
      assertThatThrownBy(() -> Configuration.ofMajorities(1, members))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("1 to 7 members");
    }
    assertThatThrownBy(() -> Configuration.ofMajorities(1, List.of(1, 2, 3, 4, 5, 6, 7, 8)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
