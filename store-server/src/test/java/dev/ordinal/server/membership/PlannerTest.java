package dev.ordinal.server.membership;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ordinal.consensus.quorum.Configuration;
import dev.ordinal.consensus.quorum.Configuration.Member;
import dev.ordinal.consensus.quorum.Configuration.Role;
import dev.ordinal.consensus.quorum.Incarnation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What a wish comes to where nodes 1 to 3 vote and node 1 leads. */
class PlannerTest {
  private static final Incarnation FRESH = new Incarnation(9, 9);

  private final Map<Integer, Scene.Standing> standings = new TreeMap<>();
  private final Map<Integer, Scene.Waiting> guests = new TreeMap<>();
  private Configuration now = Configuration.ofMajorities(1, List.of(1, 2, 3));

  PlannerTest() {
    for (int node = 1; node <= 3; node++) {
      standings.put(node, standing(100, true));
    }
  }

  @Test
  void aGuestBecomesALearnerAndThenAVoter() {
    guests.put(4, new Scene.Waiting(FRESH, "a:1/a:2", null));
    now = next(new Change.Add(4));
    assertThat(now.member(4)).isEqualTo(new Member(4, Role.LEARNER, 0, FRESH, "a:1/a:2"));
    assertThat(now.firstLeader()).isEqualTo(1);

    guests.clear();
    assertThat(plan(new Change.Add(4)))
        .isEqualTo(new Plan.AlreadySo("node 4 is a learner already"));
    assertThat(refusal(new Change.Promote(4))).isEqualTo(Plan.Reason.NODE_NOT_READY);
    standings.put(4, standing(100, true));
    assertThat(next(new Change.Promote(4)).voters()).containsExactly(1, 2, 3, 4);
  }

  @Test
  void aNodeThatNobodyHeardOfIsRefusedWithThoseThatWait() {
    guests.put(5, new Scene.Waiting(FRESH, "a:1/a:2", null));
    assertThat(plan(new Change.Add(4)))
        .isEqualTo(
            new Plan.Refused(
                Plan.Reason.NODE_NOT_CONNECTED,
                "node 4 is not connected to the leader, node 1; those that wait are [5]: format it"
                    + " with --join and start it with 'ordinal server --join HOST:PORT', then ask"
                    + " again"));
    assertThat(refusal(new Change.Replace(3, 4))).isEqualTo(Plan.Reason.NODE_NOT_CONNECTED);
    assertThat(refusal(new Change.Promote(4))).isEqualTo(Plan.Reason.NOT_A_MEMBER);
  }

  @Test
  void whoIsAliveIsReplacedByAReadyOneAndWhoIsDeadByAnyone() {
    guests.put(4, new Scene.Waiting(FRESH, "a:1/a:2", standing(10, false)));
    assertThat(refusal(new Change.Replace(3, 4))).isEqualTo(Plan.Reason.NODE_NOT_READY);
    standings.put(3, standing(50, false));
    assertThat(next(new Change.Replace(3, 4)).voters()).containsExactly(1, 2, 4);
    assertThat(refusal(new Change.Replace(3, 2))).isEqualTo(Plan.Reason.WRONG_ROLE);
  }

  @Test
  void anotherDiskTakesThePlaceOfALostOneUnderTheSameNumber() {
    guests.put(3, new Scene.Waiting(FRESH, "a:1/a:2", standing(100, true)));
    assertThat(refusal(new Change.Add(3))).isEqualTo(Plan.Reason.OTHER_DISK);
    Configuration next = next(new Change.Replace(3, 3));
    assertThat(next.names(3, FRESH)).isTrue();
    assertThat(next.voters()).containsExactly(1, 2, 3);
  }

  @Test
  void aLeaderThatGoesIsFollowedByTheReadyVoterThatHasMost() {
    standings.put(2, standing(90, true));
    assertThat(next(new Change.Remove(1)).firstLeader()).isEqualTo(3);
    standings.put(3, standing(100, false));
    assertThat(next(new Change.Demote(1)).firstLeader()).isEqualTo(2);
    assertThat(next(new Change.Demote(1)).members()).hasSize(3);
  }

  @Test
  void theLastVoterStaysAndWhoIsGoneIsGone() {
    now = Configuration.ofMajorities(1, List.of(1));
    assertThat(refusal(new Change.Remove(1))).isEqualTo(Plan.Reason.LAST_VOTER);
    assertThat(refusal(new Change.Demote(1))).isEqualTo(Plan.Reason.LAST_VOTER);
    assertThat(plan(new Change.Remove(7)))
        .isEqualTo(new Plan.AlreadySo("node 7 is no member; they are [1]"));
  }

  @Test
  void thereAreNoMoreVotersThanAllowed() {
    List<Member> members = new ArrayList<>();
    for (int node = 1; node <= 8; node++) {
      Role role = node < 8 ? Role.VOTER : Role.LEARNER;
      members.add(new Member(node, role, 0, new Incarnation(0, node), ""));
    }
    now = Configuration.ofMajorities(1, 0, members);
    assertThat(refusal(new Change.Promote(8))).isEqualTo(Plan.Reason.TOO_MANY_MEMBERS);
  }

  private Plan plan(Change change) {
    return Planner.plan(new Scene(1, now, 100, standings, guests), change);
  }

  private Configuration next(Change change) {
    return ((Plan.Next) plan(change)).configuration();
  }

  private Plan.Reason refusal(Change change) {
    return ((Plan.Refused) plan(change)).reason();
  }

  private static Scene.Standing standing(long matched, boolean ready) {
    return new Scene.Standing(matched, matched, 0, ready);
  }
}
