package dev.ordinal.consensus.core;

import dev.ordinal.consensus.quorum.Configuration;
import dev.ordinal.consensus.quorum.QuorumSystem;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether one configuration may follow another, as a function of what a leader knows. Two
 * configurations need not share a member: the stop-sign is decided by the one and begins the other.
 * What the rule protects is progress: a configuration that cannot decide cannot be replaced.
 */
final class Succession {
  private Succession() {}

  /**
   * Why {@code next} may not be proposed; null if it may.
   *
   * @param ready which of its voters, with the disks that it names, live and are near the end of
   *     the log
   */
  static @Nullable Verdict refusal(Configuration now, Configuration next, Set<Integer> ready) {
    if (next.number() != now.number() + 1) {
      return new Verdict.OutOfTurn(now.number(), next.number());
    }
    QuorumSystem quorums = next.quorums();
    boolean able = quorums.elects(ready) && quorums.decides(ready);
    if (able && ready.contains(next.firstLeader())) {
      return null;
    }
    return new Verdict.NotReady(
        next.voters().stream().filter(voter -> !ready.contains(voter)).toList());
  }
}
