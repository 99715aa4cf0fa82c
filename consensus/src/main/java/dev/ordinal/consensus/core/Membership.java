package dev.ordinal.consensus.core;

import dev.ordinal.consensus.quorum.Configuration;
import dev.ordinal.consensus.quorum.Incarnation;
import java.util.List;

/**
 * Which configuration this replica is in, and as what. A node that the configuration does not name
 * with this very disk is a <em>guest</em>: like a learner it takes what is decided, and no vote of
 * it counts anywhere.
 */
final class Membership {
  private final int self;
  private final Incarnation incarnation;
  private Stretch stretch;
  private boolean votes;
  private List<Integer> otherVoters = List.of();

  Membership(int self, Incarnation incarnation, Stretch stretch) {
    this.self = self;
    this.incarnation = incarnation;
    this.stretch = stretch;
    look();
  }

  Stretch stretch() {
    return stretch;
  }

  Configuration configuration() {
    return stretch.configuration();
  }

  /** Whether this very disk is a voter's. */
  boolean votes() {
    return votes;
  }

  /** The other voters, ascending. */
  List<Integer> otherVoters() {
    return otherVoters;
  }

  private void look() {
    Configuration now = stretch.configuration();
    votes = now.isVoter(self) && now.names(self, incarnation);
    otherVoters = now.voters().stream().filter(node -> node != self).toList();
  }
}
