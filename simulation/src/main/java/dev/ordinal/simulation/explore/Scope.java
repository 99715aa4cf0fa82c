package dev.ordinal.simulation.explore;

import dev.ordinal.consensus.core.Bounds;
import dev.ordinal.consensus.core.Settings;
import dev.ordinal.consensus.core.Timing;
import dev.ordinal.consensus.quorum.Configuration;
import dev.ordinal.consensus.quorum.Configuration.Role;
import dev.ordinal.consensus.quorum.Incarnation;
import java.util.ArrayList;
import java.util.List;

/**
 * How much may happen; within it, everything that can happen does, in every order.
 *
 * @param name what it is called on the command line
 * @param campaigns how often each member may ask to lead; one number for each member
 * @param commands how many commands clients hand in, to any leader
 * @param beats how many heartbeats each leader sends, the first when it is elected; with 0, who
 *     promised too late for the election is not heard of again
 * @param faults what goes wrong
 * @param next what a leader may be asked to make of the configuration, once
 */
public record Scope(
    String name, List<Integer> campaigns, int commands, int beats, Faults faults, Succession next) {
  /**
   * What goes wrong in all members together. That messages are late, overtake each other and get
   * lost needs no number.
   *
   * @param crashes how many processes end and start again
   * @param repeats how many messages arrive a second time
   * @param slowDisks whether other things happen between the start of a write and its end
   */
  public record Faults(int crashes, int repeats, boolean slowDisks) {
    static final Faults NONE = new Faults(0, 0, false);

    public Faults {
      if (crashes < 0 || repeats < 0) {
        throw new IllegalArgumentException(
            "crashes and repeats must be 0 or more, were %d and %d".formatted(crashes, repeats));
      }
    }
  }

  /**
   * A change of the members.
   *
   * @param voters how many of the lowest nodes vote at first; the others learn
   * @param nextVoters who votes after the change, the first of them leading first; empty if nothing
   *     is changed
   */
  public record Succession(int voters, List<Integer> nextVoters) {
    public Succession {
      nextVoters = List.copyOf(nextVoters);
      if (voters < 1) {
        throw new IllegalArgumentException("at least one must vote, not " + voters);
      }
    }
  }

  /** The smallest times that the core allows: ticks are moves here, and few of them suffice. */
  static final Settings SETTINGS =
      new Settings(
          new Timing(1, 3, 4, 1),
          1 << 10,
          new Bounds(1, 1 << 10),
          new Bounds(16, 1 << 14),
          new Bounds(4, 1 << 14),
          new Bounds(2, 1 << 12),
          new Bounds(4, 1 << 14),
          8);

  private static final Succession THREE = new Succession(3, List.of());

  /** What the test command explores: some five million states, half a minute. */
  public static final List<Scope> STANDARD =
      List.of(
          new Scope("crash", List.of(1, 1, 0), 1, 0, new Faults(1, 0, false), THREE),
          new Scope("repeat", List.of(1, 1, 0), 0, 0, new Faults(1, 1, false), THREE),
          new Scope("slow-disks", List.of(1, 1, 0), 1, 0, new Faults(0, 0, true), THREE),
          new Scope("torn-writes", List.of(1, 1, 0), 0, 0, new Faults(1, 0, true), THREE),
          new Scope("restarted-leader", List.of(1, 0, 0), 2, 0, new Faults(1, 0, true), THREE),
          new Scope("comeback", List.of(2, 1, 0), 0, 0, new Faults(1, 0, false), THREE),
          new Scope("heartbeats", List.of(1, 1, 0), 0, 1, new Faults(1, 0, false), THREE),
          new Scope("remove-leader", List.of(1, 0, 0), 0, 1, Faults.NONE, voters(2, 3)),
          new Scope("remove", List.of(1, 1, 0), 0, 0, Faults.NONE, voters(2, 3)),
          new Scope("replace", List.of(1, 0, 0, 0), 0, 0, Faults.NONE, voters(4, 1, 2)));

  private static Succession voters(Integer... next) {
    return new Succession(3, List.of(next));
  }

  public Scope {
    campaigns = List.copyOf(campaigns);
    if (campaigns.isEmpty() || campaigns.stream().anyMatch(count -> count < 0)) {
      throw new IllegalArgumentException(
          "campaigns must be one number from 0 for each member, were " + campaigns);
    }
    if (commands < 0 || beats < 0) {
      throw new IllegalArgumentException(
          "commands and beats must be 0 or more, were %d and %d".formatted(commands, beats));
    }
  }

  int members() {
    return campaigns.size();
  }

  /** The configuration in which everything begins. */
  Configuration first() {
    List<Configuration.Member> seats = new ArrayList<>();
    for (int node = 1; node <= members(); node++) {
      seats.add(seat(node, node <= next.voters() ? Role.VOTER : Role.LEARNER));
    }
    return Configuration.ofMajorities(1, 0, seats);
  }

  boolean changes() {
    return !next.nextVoters().isEmpty();
  }

  /** The configuration that a leader may be asked for, if {@link #changes}. */
  Configuration second() {
    List<Configuration.Member> seats =
        next.nextVoters().stream().map(node -> seat(node, Role.VOTER)).toList();
    return Configuration.ofMajorities(2, next.nextVoters().getFirst(), seats);
  }

  static Incarnation disk(int node) {
    return new Incarnation(0, node);
  }

  private static Configuration.Member seat(int node, Role role) {
    return new Configuration.Member(node, role, 0, disk(node), "");
  }

  @Override
  public String toString() {
    return "%s: campaigns %s, commands %d, beats %d, crashes %d, repeats %d%s%s"
        .formatted(
            name,
            campaigns,
            commands,
            beats,
            faults.crashes(),
            faults.repeats(),
            faults.slowDisks() ? ", slow disks" : "",
            changes() ? ", then voters " + next.nextVoters() : "");
  }
}
