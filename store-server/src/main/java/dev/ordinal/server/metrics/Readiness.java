package dev.ordinal.server.metrics;

import dev.ordinal.consensus.core.ReplicaView;

/**
 * Whether requests should be sent to this replica, and if not, why.
 *
 * @param why for people; one line
 */
record Readiness(boolean ready, String why) {
  /** So many decided slots may be missing here: what a replica under load is behind anyway. */
  static final long LAG_SLOTS_MAX = 1_000;

  /** {@code applied} is the last slot that readers see. */
  static Readiness of(ReplicaView view, long applied) {
    if (view.leader() == 0) {
      return new Readiness(false, "no leader is known");
    }
    long lag = Math.max(view.heard(), view.decided()) - applied;
    if (lag > LAG_SLOTS_MAX) {
      return new Readiness(
          false,
          "%d slots behind node %d, which leads; at most %d are allowed"
              .formatted(lag, view.leader(), LAG_SLOTS_MAX));
    }
    return new Readiness(true, "ready; node %d leads".formatted(view.leader()));
  }
}
