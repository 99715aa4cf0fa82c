package dev.ordinal.consensus.core;

import java.util.List;

/**
 * What a replica without a vote makes of what leaders say: it takes what is decided, and says how
 * far it is. It never promises, accepts or confirms, so it may believe whoever speaks last; only a
 * leader that is known to be deposed is not listened to.
 */
final class Listener {
  private final Local local;
  private final Learner learner;
  private Ballot heard = Ballot.NONE;
  private int asked;

  Listener(Local local, Learner learner) {
    this.local = local;
    this.learner = learner;
  }

  /** Whether {@code ballot} is not below one that was heard before. */
  boolean hears(Ballot ballot) {
    if (ballot.compareTo(heard) < 0) {
      return false;
    }
    heard = ballot;
    return true;
  }

  void onHeartbeat(int from, Message.Heartbeat heartbeat) {
    Message report =
        new Message.Report(
            heartbeat.ballot(),
            local.membership().incarnation(),
            learner.decided(),
            learner.applied());
    local.outbox().send(from, report);
    onCommit(from, heartbeat.commit());
  }

  void onCommit(int from, long commit) {
    learner.hear(commit);
    if (commit > learner.decided()) {
      learner.want(from);
    }
  }

  /** No leader speaks: others may know more all the same, one after the other is asked. */
  void askAround() {
    List<Integer> voters = local.others();
    if (!voters.isEmpty()) {
      asked = (asked + 1) % voters.size();
      learner.want(voters.get(asked));
    }
  }
}
