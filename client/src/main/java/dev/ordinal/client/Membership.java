package dev.ordinal.client;

/**
 * Who the replicas of a store are, for operators. Every change is one decided configuration; asking
 * again for what is so already changes nothing, so that a call whose answer was lost is repeated
 * safely, and is by this client.
 */
public interface Membership {
  /** The members and who waits, as the leader sees them; as any replica does if none leads. */
  MemberList list();

  /**
   * Carries {@code change} out and returns when it is decided.
   *
   * @throws OrdinalException with {@link OrdinalException.Kind#REFUSED} if it cannot be; the
   *     message says why, and what to do
   */
  MemberVerdict change(MemberChange change);

  /** What {@link #change} would come to now; nothing changes. */
  MemberVerdict tryOut(MemberChange change);

  /** Hands leadership to the voter {@code node}; returns when it has taken over. */
  void transferLeadership(int node);
}
