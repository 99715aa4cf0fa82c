package dev.ordinal.consensus.quorum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ordinal.consensus.quorum.Configuration.Member;
import dev.ordinal.consensus.quorum.Configuration.Role;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a configuration may be, and how a stop-sign carries it. */
class ConfigurationTest {
  private static final Member ONE = member(1, Role.VOTER, 11);
  private static final Member TWO = member(2, Role.VOTER, 12);
  private static final Member THREE =
      new Member(3, Role.LEARNER, -5, new Incarnation(-1, 13), "größe.example:7");
  private static final Configuration SOME =
      Configuration.ofMajorities(4, 2, List.of(THREE, TWO, ONE));

  @Test
  void votersAndLearnersAreToldApart() {
    assertThat(SOME.nodes()).containsExactly(1, 2, 3);
    assertThat(SOME.voters()).containsExactly(1, 2);
    assertThat(SOME.isVoter(3)).isFalse();
    assertThat(SOME.quorums()).isEqualTo(CountingQuorums.majorities(2));
  }

  @Test
  void aMemberIsItsDisk() {
    assertThat(SOME.names(2, new Incarnation(0, 12))).isTrue();
    assertThat(SOME.names(2, new Incarnation(0, 99))).isFalse();
    assertThat(SOME.names(9, new Incarnation(0, 12))).isFalse();
  }

  @Test
  void whatIsEncodedIsDecodedAgain() {
    for (Configuration any :
        List.of(
            SOME,
            Configuration.NONE,
            Configuration.ofMajorities(1, List.of(7)),
            new Configuration(9, List.of(ONE, TWO), 1, new CountingQuorums(2, 2, 1)))) {
      assertThat(ConfigurationCodec.decode(ConfigurationCodec.encode(any))).isEqualTo(any);
    }
  }

  @Test
  void whatIsNotAnEncodingIsRefused() {
    byte[] bytes = ConfigurationCodec.encode(SOME);
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> ConfigurationCodec.decode(cut))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> ConfigurationCodec.decode(Arrays.copyOf(bytes, bytes.length + 1)))
        .hasMessageContaining("1 bytes after the last member");
    byte[] newer = bytes.clone();
    newer[0] = 7;
    assertThatThrownBy(() -> ConfigurationCodec.decode(newer)).hasMessageContaining("format 7");
  }

  @Test
  void aConfigurationThatCannotDecideIsNone() {
    refused("twice", 2, 1, ONE, member(1, Role.LEARNER, 99));
    refused("twice", 2, 1, ONE, member(2, Role.VOTER, 11));
    refused("1 to 7 voters", 2, 3, THREE);
    refused("a voter does that", 2, 3, ONE, THREE);
    refused("a voter does that", 2, 0, ONE);
    refused("in the first nobody", 1, 1, ONE);
    assertThatThrownBy(
            () -> new Configuration(2, List.of(ONE, TWO), 1, CountingQuorums.majorities(3)))
        .hasMessageContaining("2 voters cannot decide by");
    assertThatThrownBy(() -> member(0, Role.VOTER, 1)).hasMessageContaining("numbered from 1");
  }

  private static void refused(String message, long number, int firstLeader, Member... members) {
    assertThatThrownBy(() -> Configuration.ofMajorities(number, firstLeader, List.of(members)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  private static Member member(int node, Role role, long disk) {
    return new Member(node, role, 0, new Incarnation(0, disk), "");
  }
}
