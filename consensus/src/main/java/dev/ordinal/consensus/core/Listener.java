package dev.ordinal.consensus.core;

import dev.ordinal.consensus.quorum.Configuration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a replica without a vote makes of what leaders say: it takes what is decided, and says how
 * far it is. It never promises, accepts or confirms, so it may believe whoever speaks last; only a
 * leader that is known to be deposed is not listened to.
 */
final class Listener {
  private final Local local;
  private final Learner learner;
  private Ballot heard = Ballot.NONE;

  /** Those to whom there was a connection, whatever they are; the newest last. */
  private final List<Integer> met = new ArrayList<>();

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
    report(from, heartbeat);
    onCommit(from, heartbeat.commit());
  }

  void report(int from, Message.Heartbeat heartbeat) {
    Message report =
        new Message.Report(
            heartbeat.ballot(),
            local.membership().incarnation(),
            learner.decided(),
            learner.applied());
    local.outbox().send(from, report);
  }

  /** A guest that has not seen the stop-sign yet says which disk it is; anyone asks for it. */
  void onLaterConfiguration(int from, Message message) {
    if (message instanceof Message.Heartbeat heartbeat && !local.membership().votes()) {
      report(from, heartbeat);
    }
    learner.want(from);
  }

  void onCommit(int from, long commit) {
    learner.hear(commit);
    if (commit > learner.decided()) {
      learner.want(from);
    }
  }

  /** A connection to {@code node} was made: it may know what is decided. One is asked at a time. */
  void met(int node) {
    met.remove(Integer.valueOf(node));
    if (met.size() == Configuration.MEMBERS_MAX) {
      met.removeFirst();
    }
    met.add(node);
    if (met.size() == 1 && !local.membership().votes()) {
      learner.want(node);
    }
  }

  /** No leader speaks: others may know more all the same, one after the other is asked. */
  void askAround() {
    Set<Integer> others = new TreeSet<>(local.others());
    others.addAll(met);
    if (!others.isEmpty()) {
      asked = (asked + 1) % others.size();
      learner.want(List.copyOf(others).get(asked));
    }
  }
}
