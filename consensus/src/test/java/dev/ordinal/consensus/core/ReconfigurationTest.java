package dev.ordinal.consensus.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ordinal.consensus.quorum.Configuration;
import dev.ordinal.consensus.quorum.Configuration.Role;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Stories of groups whose members change. */
class ReconfigurationTest {
  @Test
  void aGroupOfOneGrowsToThreeAndShrinksAgain() {
    Cluster cluster = new Cluster(Settings.DEFAULT, 1);
    int leader = cluster.elect();
    cluster.propose(leader, "before");
    cluster.startAfresh(2);
    cluster.startAfresh(3);
    change(cluster, leader, seats(cluster, Role.LEARNER, 1, 2, 3));
    cluster.tick(10);
    assertThat(cluster.applied(3)).containsExactly("before");
    change(cluster, leader, seats(cluster, Role.VOTER, 1, 2, 3));
    cluster.propose(leader, "with three");
    cluster.tick(10);
    for (int member = 1; member <= 3; member++) {
      assertThat(cluster.applied(member)).containsExactly("before", "with three");
      assertThat(cluster.view(member).configuration().number()).isEqualTo(3);
    }
    change(cluster, leader, seats(cluster, Role.VOTER, 1));
    cluster.propose(leader, "alone");
    assertThat(cluster.applied(1)).endsWith("alone");
    assertThat(cluster.view(2).role()).isEqualTo(ReplicaView.Role.LEARNER);
  }

  @Test
  void aLeaderThatIsRemovedHandsOverToTheFirstLeader() {
    Cluster cluster = new Cluster(Settings.DEFAULT, 3);
    int leader = cluster.elect();
    cluster.propose(leader, "before");
    List<Configuration.Member> left = seats(cluster, Role.VOTER, 1, 2, 3);
    left.removeIf(member -> member.node() == leader);
    int next = change(cluster, leader, left);
    assertThat(cluster.leaders()).containsExactly(next);
    cluster.propose(next, "after");
    assertThat(cluster.applied(next)).containsExactly("before", "after");
    assertThat(cluster.view(leader).role()).isEqualTo(ReplicaView.Role.LEARNER);
  }

  @Test
  void aGuestIsFedBeforeItIsNamedAndMayThenReplaceAVoterInOneStep() {
    Cluster cluster = new Cluster(Settings.DEFAULT, 3);
    int leader = cluster.elect();
    cluster.propose(leader, "before");
    cluster.startAfresh(4);
    cluster.give(4, new Event.PeerMet(leader));
    cluster.tick(10);
    assertThat(cluster.applied(4)).containsExactly("before");
    assertThat(cluster.view(4).configuration()).isEqualTo(Configuration.NONE);
    ReplicaView.Guest guest = cluster.view(leader).guests().getFirst();
    assertThat(guest.node()).isEqualTo(4);
    assertThat(guest.decided()).isEqualTo(cluster.view(leader).decided());

    int old = leader % 3 + 1;
    List<Configuration.Member> left = seats(cluster, Role.VOTER, 1, 2, 3, 4);
    left.removeIf(member -> member.node() == old);
    change(cluster, leader, left);
    cluster.stop(old);
    cluster.stop(6 - leader - old);
    cluster.propose(leader, "with the guest's vote");
    assertThat(cluster.applied(leader)).containsExactly("before", "with the guest's vote");
  }

  @Test
  void aGuestThatLeavesLosesItsSeat() {
    Cluster cluster = new Cluster(Settings.DEFAULT, 3);
    int leader = cluster.elect();
    cluster.startAfresh(4);
    cluster.give(4, new Event.PeerMet(leader));
    cluster.tick(10);
    assertThat(cluster.view(leader).guests()).hasSize(1);
    cluster.stop(4);
    cluster.tick(5 * Settings.DEFAULT.timing().electionTicksMax());
    assertThat(cluster.view(leader).guests()).isEmpty();
  }

  @Test
  void allMembersMayBeReplacedAtOnce() {
    Cluster cluster = new Cluster(Settings.DEFAULT, 3);
    int leader = cluster.elect();
    cluster.propose(leader, "before");
    List.of(4, 5, 6).forEach(cluster::startAfresh);
    List<Configuration.Member> both = seats(cluster, Role.VOTER, 1, 2, 3);
    both.addAll(seats(cluster, Role.LEARNER, 4, 5, 6));
    leader = change(cluster, leader, both);
    cluster.tick(10);
    change(cluster, leader, seats(cluster, Role.VOTER, 4, 5, 6));
    cluster.tick(10);
    List.of(1, 2, 3).forEach(cluster::stop);
    int last = cluster.elect();
    cluster.propose(last, "after");
    assertThat(cluster.applied(last)).containsExactly("before", "after");
    assertThat(last).isGreaterThan(3);
  }

  @Test
  void aWipedDiskTakesItsPlaceUnderTheSameNumberInOneStep() {
    Cluster cluster = new Cluster(Settings.DEFAULT, 3);
    int leader = cluster.elect();
    int wiped = leader % 3 + 1;
    cluster.propose(leader, "before");
    cluster.startAfresh(wiped);
    cluster.tick(20);
    assertThat(cluster.applied(wiped)).containsExactly("before");
    assertThat(cluster.view(wiped).role()).isEqualTo(ReplicaView.Role.LEARNER);
    change(cluster, leader, seats(cluster, Role.VOTER, 1, 2, 3));
    cluster.tick(10);
    assertThat(cluster.view(wiped).role()).isEqualTo(ReplicaView.Role.FOLLOWER);
    cluster.stop(leader);
    int next = cluster.elect();
    cluster.propose(next, "after");
    assertThat(cluster.applied(wiped)).containsExactly("before", "after");
  }

  @Test
  void aDeadFirstLeaderIsReplacedByAnElection() {
    Cluster cluster = new Cluster(Settings.DEFAULT, 3);
    int leader = cluster.elect();
    int first = leader % 3 + 1;
    cluster.cut(first);
    Configuration next = Configuration.ofMajorities(2, first, seats(cluster, Role.VOTER, 1, 2, 3));
    cluster.reconfigure(leader, next);
    cluster.stop(first);
    cluster.tick(200);
    assertThat(cluster.leaders()).hasSize(1);
    assertThat(cluster.view(cluster.leaders().getFirst()).configuration()).isEqualTo(next);
  }

  @Test
  void whoeverMissedTwoChangesLearnsThemInTurn() {
    Cluster cluster = new Cluster(Settings.DEFAULT, 3);
    int leader = cluster.elect();
    int away = leader % 3 + 1;
    cluster.cut(away);
    for (int i = 0; i < 2; i++) {
      leader = change(cluster, leader, seats(cluster, Role.VOTER, 1, 2, 3));
      cluster.propose(leader, "x" + i);
    }
    cluster.heal();
    cluster.tick(200);
    assertThat(cluster.view(away).configuration().number()).isEqualTo(3);
    assertThat(cluster.applied(away)).containsExactly("x0", "x1");
  }

  @Test
  void leadershipIsTransferredOnRequest() {
    Cluster cluster = new Cluster(Settings.DEFAULT, 3);
    int leader = cluster.elect();
    cluster.propose(leader, "before");
    int target = leader % 3 + 1;
    long ticket = cluster.transfer(leader, target);
    cluster.tick(5);
    assertThat(cluster.verdicts).containsEntry(ticket, new Verdict.Transferred(target));
    assertThat(cluster.leaders()).containsExactly(target);
  }

  /** The configuration of {@code members} follows; the answer is who leads it. */
  private static int change(Cluster cluster, int leader, List<Configuration.Member> members) {
    long number = cluster.view(leader).configuration().number() + 1;
    boolean stays =
        members.stream().anyMatch(one -> one.node() == leader && one.role() == Role.VOTER);
    int first =
        stays
            ? leader
            : members.stream().filter(one -> one.role() == Role.VOTER).findFirst().get().node();
    Configuration next = Configuration.ofMajorities(number, first, members);
    long ticket = cluster.reconfigure(leader, next);
    cluster.tick(5);
    assertThat(cluster.verdicts).containsEntry(ticket, new Verdict.Reconfigured(next));
    return first;
  }

  /** The first of {@code nodes} votes in any case. */
  private static List<Configuration.Member> seats(Cluster cluster, Role role, int... nodes) {
    List<Configuration.Member> seats = new ArrayList<>();
    for (int node : nodes) {
      seats.add(cluster.seat(node, node == 1 && role == Role.LEARNER ? Role.VOTER : role));
    }
    return seats;
  }
}
