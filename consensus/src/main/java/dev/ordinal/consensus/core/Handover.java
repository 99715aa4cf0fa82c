package dev.ordinal.consensus.core;

/**
 * Leadership on its way to another voter: the leader proposes nothing more, waits until {@code
 * target} has all of its log, then tells it to campaign. It leads on if that takes too long.
 */
final class Handover {
  private final Local local;
  private final Ballot ballot;
  private final int target;
  private final long startTick;
  private boolean told;

  Handover(Local local, Ballot ballot, int target) {
    this.local = local;
    this.ballot = ballot;
    this.target = target;
    this.startTick = local.ticks().now();
    local.outbox().observe(new Observation.HandingOver(target));
  }

  int target() {
    return target;
  }

  /** {@code target} has the log through {@code matched}, of {@code length}. */
  void advance(long matched, long length) {
    if (!told && matched == length) {
      told = true;
      local.outbox().send(target, new Message.Transfer(ballot, length));
    }
  }

  boolean isOverdue() {
    return local.ticks().now() - startTick > local.timing().electionTicksMax();
  }
}
