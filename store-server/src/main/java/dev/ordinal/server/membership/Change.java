package dev.ordinal.server.membership;

/** What an operator can wish for; each is one step from one configuration to the next. */
public sealed interface Change {
  /** A guest becomes a learner. */
  record Add(int node) implements Change {}

  /** A learner becomes a voter. */
  record Promote(int node) implements Change {}

  /** A voter becomes a learner. */
  record Demote(int node) implements Change {}

  /**
   * {@code with}, a guest or a learner, takes the place of {@code node}, with its role and
   * priority. Both may be one number: then another disk takes the place of the one that votes under
   * it.
   */
  record Replace(int node, int with) implements Change {}

  record Remove(int node) implements Change {}

  record SetPriority(int node, int priority) implements Change {}
}
