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
    for (int members = 1; members <= Configuration.VOTERS_MAX; members++) {
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
  void aConfigurationHasOneToSevenVoters() {
    assertThat(Configuration.ofMajorities(1, List.of(3, 1, 2)).voters()).containsExactly(1, 2, 3);
    for (List<Integer> voters : List.of(List.<Integer>of(), List.of(1, 2, 3, 4, 5, 6, 7, 8))) {
      assertThatThrownBy(() -> Configuration.ofMajorities(1, voters))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("1 to 7 voters");
    }
    assertThatThrownBy(() -> Configuration.ofMajorities(1, List.of(0, 1, 2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("numbered from 1");
  }
}
