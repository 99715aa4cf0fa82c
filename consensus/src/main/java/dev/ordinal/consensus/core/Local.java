package dev.ordinal.consensus.core;

import dev.ordinal.consensus.quorum.Configuration;
import java.util.List;

/** What the parts of one replica share: who it is, its bounds, and its ways out. */
record Local(
    int self, Membership membership, Settings settings, Ticks ticks, Outbox outbox, Groups groups) {
  /** The other voters, ascending. */
  List<Integer> others() {
    return membership.otherVoters();
  }

  Configuration configuration() {
    return membership.configuration();
  }

  Timing timing() {
    return settings.timing();
  }
}
