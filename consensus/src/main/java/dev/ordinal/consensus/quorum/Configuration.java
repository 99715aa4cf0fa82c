package dev.ordinal.consensus.quorum;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Who votes in one stretch of the log, who learns beside them, and who leads it first.
 *
 * @param number from 1; the first part of every ballot cast in it
 * @param members by node, ascending; up to {@value #VOTERS_MAX} voters, {@value #MEMBERS_MAX} in
 *     all
 * @param firstLeader the voter that leads ballot (number, 0, firstLeader) without phase 1; 0 in the
 *     first configuration, which begins with an election
 * @param quorums which sets of voters suffice
 */
public record Configuration(
    long number, List<Member> members, int firstLeader, CountingQuorums quorums) {
  /** Beyond this, more voters cost more than they protect. */
  public static final int VOTERS_MAX = 7;

  /** Learners included: the leader speaks to each of them. */
  public static final int MEMBERS_MAX = 64;

  /** What a new node knows before it learns who the others are: nobody is in it, nobody votes. */
  public static final Configuration NONE =
      new Configuration(0, List.of(), 0, CountingQuorums.majorities(1));

  /** What a member does. */
  public enum Role {
    /** Promises, accepts, and may lead. */
    VOTER(1),
    /** Learns what is decided, in any number and without a vote. */
    LEARNER(2);

    private final int code;

    Role(int code) {
      this.code = code;
    }

    /** What the log carries; never reused. */
    public int code() {
      return code;
    }

    /** Throws {@link IllegalArgumentException} on a code that no role has. */
    public static Role of(int code) {
      for (Role role : values()) {
        if (role.code == code) {
          return role;
        }
      }
      throw new IllegalArgumentException("no role has the code " + code);
    }
  }

  /**
   * One member.
   *
   * @param node from 1
   * @param priority a leader hands over to a voter of a higher one
   * @param incarnation its disk: another disk under the same number is not this member
   * @param address for the transport; opaque here, at most {@value #ADDRESS_CHARACTERS_MAX}
   *     characters
   */
  public record Member(int node, Role role, int priority, Incarnation incarnation, String address) {
    public static final int ADDRESS_CHARACTERS_MAX = 1_024;

    public Member {
      if (node < 1) {
        throw new IllegalArgumentException("nodes are numbered from 1, was " + node);
      }
      if (address.length() > ADDRESS_CHARACTERS_MAX) {
        throw new IllegalArgumentException(
            "an address has at most %d characters, that of node %d has %d"
                .formatted(ADDRESS_CHARACTERS_MAX, node, address.length()));
      }
    }

    public Member withRole(Role changed) {
      return new Member(node, changed, priority, incarnation, address);
    }
  }

  public Configuration {
    members = members.stream().sorted(Comparator.comparingInt(Member::node)).toList();
    if (number == 0 ? !members.isEmpty() : number < 0) {
      throw new IllegalArgumentException(
          "configurations with members are numbered from 1, was " + number);
    }
    if (number > 0) {
      requireMembers(members, quorums);
    }
    boolean led = members.stream().anyMatch(one -> one.node() == firstLeader && isVoter(one));
    if (number <= 1 ? firstLeader != 0 : !led) {
      throw new IllegalArgumentException(
          "configuration %d cannot be led first by %d: a voter does that, in the first nobody"
              .formatted(number, firstLeader));
    }
  }

  private static void requireMembers(List<Member> members, CountingQuorums quorums) {
    TreeSet<Integer> nodes = new TreeSet<>();
    List<Incarnation> disks = new ArrayList<>();
    int voters = 0;
    for (Member member : members) {
      if (!nodes.add(member.node()) || disks.contains(member.incarnation())) {
        throw new IllegalArgumentException(
            "node %d, or its disk, is in the configuration twice".formatted(member.node()));
      }
      disks.add(member.incarnation());
      voters += isVoter(member) ? 1 : 0;
    }
    if (voters < 1 || voters > VOTERS_MAX || members.size() > MEMBERS_MAX) {
      throw new IllegalArgumentException(
          "a configuration has 1 to %d voters and at most %d members, not %d and %d"
              .formatted(VOTERS_MAX, MEMBERS_MAX, voters, members.size()));
    }
    if (quorums.members() != voters) {
      throw new IllegalArgumentException(
          "%d voters cannot decide by %s".formatted(voters, quorums));
    }
  }

  private static boolean isVoter(Member member) {
    return member.role() == Role.VOTER;
  }

  /**
   * Configuration {@code number} of voters {@code nodes} who decide by majority; their disks are
   * numbered like them, and the lowest leads first.
   */
  public static Configuration ofMajorities(long number, List<Integer> nodes) {
    List<Member> members = new ArrayList<>();
    for (int node : new TreeSet<>(nodes)) {
      members.add(new Member(node, Role.VOTER, 0, new Incarnation(0, node), ""));
    }
    return ofMajorities(
        number, number == 1 || members.isEmpty() ? 0 : members.getFirst().node(), members);
  }

  /** Configuration {@code number} of {@code members}, whose voters decide by majority. */
  public static Configuration ofMajorities(long number, int firstLeader, List<Member> members) {
    int voters = (int) members.stream().filter(Configuration::isVoter).count();
    return new Configuration(
        number, members, firstLeader, CountingQuorums.majorities(Math.max(voters, 1)));
  }

  /** The nodes that vote, ascending. */
  public List<Integer> voters() {
    return members.stream().filter(Configuration::isVoter).map(Member::node).toList();
  }

  /** All nodes in it, ascending. */
  public List<Integer> nodes() {
    return members.stream().map(Member::node).toList();
  }

  /** Null if {@code node} is not in it. */
  public @Nullable Member member(int node) {
    for (Member member : members) {
      if (member.node() == node) {
        return member;
      }
    }
    return null;
  }

  public boolean isVoter(int node) {
    Member member = member(node);
    return member != null && isVoter(member);
  }

  /** Whether {@code node} is in it with this very disk. */
  public boolean names(int node, Incarnation incarnation) {
    Member member = member(node);
    return member != null && member.incarnation().equals(incarnation);
  }
}
