package dev.ordinal.consensus.core;

import dev.ordinal.consensus.quorum.Configuration;
import java.util.List;

/** What the parts of one replica share: who it is, its bounds, and its ways out. */
record Local(
    int self,
    Configuration configuration,
    Settings settings,
    Ticks ticks,
    Outbox outbox,
    Groups groups) {
  Local {
    if (!configuration.members().contains(self)) {
      throw new IllegalArgumentException(
          "member " + self + " is not one of " + configuration.members());
    }
  }

  /** The other members, ascending. */
  List<Integer> others() {
    return configuration.members().stream().filter(member -> member != self).toList();
  }

  Timing timing() {
    return settings.timing();
  }
}
