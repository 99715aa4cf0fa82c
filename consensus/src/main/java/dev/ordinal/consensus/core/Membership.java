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

  /** {@code next} is decided to follow. */
  void enter(Stretch next) {
    long now = configuration().number();
    long then = next.configuration().number();
    InvariantViolation.check(
        now == 0 || then == now + 1, "I9: configurations follow each other", then, now + 1);
    stretch = next;
    look();
  }

  Incarnation incarnation() {
    return incarnation;
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

  /** In a Want: the configuration in which this replica may be sent a Sync. */
  long votesIn() {
    return votes ? configuration().number() : 0;
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
