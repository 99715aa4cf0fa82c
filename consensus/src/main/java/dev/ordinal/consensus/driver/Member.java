package dev.ordinal.consensus.driver;

import dev.ordinal.consensus.core.Settings;
import dev.ordinal.consensus.quorum.Configuration;

/** Which member of which group a driver runs, and by which settings of the core. */
public record Member(int self, Configuration members, Settings settings) {
  public Member {
    if (!members.members().contains(self)) {
      throw new IllegalArgumentException("member " + self + " is not one of " + members.members());
    }
  }
}
