package dev.ordinal.server.membership;

import dev.ordinal.consensus.quorum.Configuration;
import dev.ordinal.consensus.quorum.Configuration.Member;
import dev.ordinal.consensus.quorum.Configuration.Role;
import dev.ordinal.server.membership.Plan.Reason;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * From a wish to the next configuration. It judges what the wish means here; whether enough voters
 * of the next configuration are at hand is judged by consensus, at the moment of the proposal.
 */
public final class Planner {
  private final Scene scene;
  private final Configuration now;

  private Planner(Scene scene) {
    this.scene = scene;
    this.now = scene.now();
  }

  public static Plan plan(Scene scene, Change change) {
    Planner planner = new Planner(scene);
    return switch (change) {
      case Change.Add(int node) -> planner.add(node);
      case Change.Promote(int node) -> planner.promote(node);
      case Change.Demote(int node) -> planner.demote(node);
      case Change.Replace(int node, int with) -> planner.replace(node, with);
      case Change.Remove(int node) -> planner.remove(node);
      case Change.SetPriority(int node, int priority) -> planner.prioritize(node, priority);
    };
  }

  private Plan add(int node) {
    Scene.Waiting guest = scene.guests().get(node);
    Member present = now.member(node);
    if (present != null) {
      if (guest == null) {
        return new Plan.AlreadySo("node %d is a %s already".formatted(node, name(present)));
      }
      return new Plan.Refused(
          Reason.OTHER_DISK,
          "node %d is a %s with disk %s; disk %s waits under its number: 'member replace %d %d'"
                  .formatted(
                      node, name(present), present.incarnation(), guest.incarnation(), node, node)
              + " puts it in the place of the other");
    }
    if (guest == null) {
      return notConnected(node);
    }
    if (now.members().size() == Configuration.MEMBERS_MAX) {
      return new Plan.Refused(
          Reason.TOO_MANY_MEMBERS,
          "there are %d members, and no more are allowed: remove one first"
              .formatted(Configuration.MEMBERS_MAX));
    }
    return next(null, new Member(node, Role.LEARNER, 0, guest.incarnation(), guest.address()));
  }

  private Plan promote(int node) {
    Member member = now.member(node);
    if (member == null) {
      return notAMember(node);
    }
    if (member.role() == Role.VOTER) {
      return new Plan.AlreadySo("node %d is a voter already".formatted(node));
    }
    if (now.voters().size() == Configuration.VOTERS_MAX) {
      return new Plan.Refused(
          Reason.TOO_MANY_MEMBERS,
          "there are %d voters, and no more are allowed: remove or demote one first"
              .formatted(Configuration.VOTERS_MAX));
    }
    return scene.isReady(member)
        ? next(member, member.withRole(Role.VOTER))
        : notReady(member, "promote it");
  }

  private Plan demote(int node) {
    Member member = now.member(node);
    if (member == null) {
      return notAMember(node);
    }
    if (member.role() == Role.LEARNER) {
      return new Plan.AlreadySo("node %d is a learner already".formatted(node));
    }
    return isLastVoter(member) ? lastVoter(node) : next(member, member.withRole(Role.LEARNER));
  }

  private Plan replace(int node, int with) {
    Member old = now.member(node);
    Member successor = now.member(with);
    Scene.Waiting guest = scene.guests().get(with);
    if (old == null || (node == with && guest == null)) {
      return successor != null
          ? new Plan.AlreadySo("node %d is a %s already".formatted(with, name(successor)))
          : notAMember(node);
    }
    if (successor != null && node != with && guest != null) {
      return new Plan.Refused(
          Reason.OTHER_DISK,
          "node %d is a member, and another disk waits under its number: choose a free number"
              .formatted(with));
    }
    if (successor != null && node != with && successor.role() == Role.VOTER) {
      return new Plan.Refused(
          Reason.WRONG_ROLE,
          "node %d is a voter itself: 'member remove %d' leaves the place of the other empty"
              .formatted(with, node));
    }
    Member fresh;
    if (guest != null) {
      fresh = new Member(with, old.role(), old.priority(), guest.incarnation(), guest.address());
    } else if (successor != null) {
      fresh =
          new Member(
              with, old.role(), old.priority(), successor.incarnation(), successor.address());
    } else {
      return notConnected(with);
    }
    if (fresh.role() == Role.VOTER && scene.isReady(old) && !scene.isReady(fresh)) {
      return notReady(fresh, "put it in the place of node %d, which is".formatted(node));
    }
    return next(old, fresh);
  }

  private Plan remove(int node) {
    Member member = now.member(node);
    if (member == null) {
      return new Plan.AlreadySo("node %d is no member; they are %s".formatted(node, now.nodes()));
    }
    return isLastVoter(member) ? lastVoter(node) : next(member, null);
  }

  private Plan prioritize(int node, int priority) {
    Member member = now.member(node);
    if (member == null) {
      return notAMember(node);
    }
    if (member.priority() == priority) {
      return new Plan.AlreadySo("node %d has priority %d already".formatted(node, priority));
    }
    return next(
        member, new Member(node, member.role(), priority, member.incarnation(), member.address()));
  }

  /** {@code fresh} in the place of {@code old}, either of which may be nobody. */
  private Plan next(@Nullable Member old, @Nullable Member fresh) {
    List<Member> members = new ArrayList<>(now.members());
    members.removeIf(member ->
        (old != null && member.node() == old.node())
            || (fresh != null && member.node() == fresh.node()));
    if (fresh != null) {
      members.add(fresh);
    }
    return new Plan.Next(
        Configuration.ofMajorities(now.number() + 1, firstLeader(members), members));
  }

  /** The present leader if it goes on voting; else the best of those who are ready. */
  private int firstLeader(List<Member> members) {
    List<Member> voters = members.stream().filter(member -> member.role() == Role.VOTER).toList();
    for (Member voter : voters) {
      if (voter.node() == scene.leader() && now.names(voter.node(), voter.incarnation())) {
        return voter.node();
      }
    }
    Comparator<Member> best =
        Comparator.comparing(scene::isReady)
            .thenComparingInt(Member::priority)
            .thenComparingLong(voter -> scene.standing(voter.node(), voter.incarnation()).matched());
    return voters.stream().max(best).orElseThrow().node();
  }

  private boolean isLastVoter(Member member) {
    return now.voters().equals(List.of(member.node()));
  }

  private static String name(Member member) {
    return switch (member.role()) {
      case VOTER -> "voter";
      case LEARNER -> "learner";
    };
  }

  private Plan.Refused notConnected(int node) {
    return new Plan.Refused(
        Reason.NODE_NOT_CONNECTED,
        "node %d is not connected to the leader, node %d; those that wait are %s: format it with"
                .formatted(node, scene.leader(), scene.guests().keySet())
            + " --join and start it with 'ordinal server --join HOST:PORT', then ask again");
  }

  private Plan.Refused notAMember(int node) {
    return new Plan.Refused(
        Reason.NOT_A_MEMBER, "node %d is no member; they are %s".formatted(node, now.nodes()));
  }

  private Plan.Refused notReady(Member member, String wish) {
    Scene.Standing standing = scene.standing(member.node(), member.incarnation());
    String where =
        standing.matched() < 0
            ? "has not told the leader how far it is"
            : "is at slot %d of %d, and was last heard %d ticks ago"
                .formatted(standing.matched(), scene.decided(), standing.silentTicks());
    return new Plan.Refused(
        Reason.NODE_NOT_READY,
        "node %d is not ready: it %s; wait until 'member list' shows it ready, then %s"
            .formatted(member.node(), where, wish));
  }

  private static Plan.Refused lastVoter(int node) {
    return new Plan.Refused(
        Reason.LAST_VOTER,
        "node %d is the only voter: promote or put another in its place first".formatted(node));
  }
}
