package dev.ordinal.client;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who is a member and who waits.
 *
 * @param cluster what a new node is formatted with
 * @param configuration its number
 * @param leader the node that leads; 0 if none is known
 * @param byLeader whether the leader says so; others know nothing of progress
 * @param decidedSlot everything through here is decided
 */
public record MemberList(
    String cluster,
    long configuration,
    int leader,
    boolean byLeader,
    long decidedSlot,
    List<Member> members,
    List<Guest> guests) {
  public MemberList {
    members = List.copyOf(members);
    guests = List.copyOf(guests);
  }

  /** What a member does. */
  public enum Role {
    VOTER,
    LEARNER,
    /** A role that this client is too old to know. */
    UNRECOGNIZED
  }

  /**
   * A member.
   *
   * @param incarnation which disk of the node it is
   * @param address host:port for clients; empty if nobody knows it
   * @param progress null: unknown
   */
  public record Member(
      int node,
      Role role,
      int priority,
      String incarnation,
      String address,
      String peerAddress,
      @Nullable Progress progress) {}

  /** A node that is connected and no member: it waits to be added, or was removed. */
  public record Guest(
      int node,
      String incarnation,
      String address,
      String peerAddress,
      @Nullable Progress progress) {}

  /**
   * How far a node is.
   *
   * @param ready whether it lives and is within a window of what is decided
   */
  public record Progress(long matchedSlot, long appliedSlot, long silentMillis, boolean ready) {}
}
