package dev.ordinal.client;

/** A change of the members; each is one step. */
public sealed interface MemberChange {
  /** The node that waits as {@code node} becomes a learner. */
  record Add(int node) implements MemberChange {}

  /** A learner that is ready becomes a voter. */
  record Promote(int node) implements MemberChange {}

  /** A voter becomes a learner. */
  record Demote(int node) implements MemberChange {}

  /**
   * {@code with}, who waits or learns, takes the place of {@code node}; the same number: another
   * disk takes the place of a lost one.
   */
  record Replace(int node, int with) implements MemberChange {}

  record Remove(int node) implements MemberChange {}

  /** A leader hands over to a voter of a higher priority. */
  record SetPriority(int node, int priority) implements MemberChange {}
}
