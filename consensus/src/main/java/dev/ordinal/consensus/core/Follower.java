package dev.ordinal.consensus.core;

import dev.ordinal.consensus.entry.LoggedEntry;

/**
 * Takes what a leader sends (rules R3, R4, R6), once Replica has made sure that its ballot is not
 * below the promise. Everything taken in one step is acknowledged by one cumulative message.
 */
final class Follower {
  private final Local local;
  private final Acceptor acceptor;
  private final Learner learner;

  /** Something was taken since the last acknowledgement. */
  private boolean acknowledgementDue;

  Follower(Local local, Acceptor acceptor, Learner learner) {
    this.local = local;
    this.acceptor = acceptor;
    this.learner = learner;
  }

  /** Rule R3. */
  void onSync(int from, Message.Sync sync) {
    if (learner.isBacklogged() || sync.decided() > learner.decided()) {
      learner.want(from);
    } else if (sync.length() < learner.decided() || contradicts(sync)) {
      acceptor.serveDecided(from, sync.commit());
    } else if (acceptor.accepted().equals(sync.ballot())) {
      acceptor.extendTail(learner.decided(), sync.length(), sync.entries());
      take(sync.commit());
    } else {
      acceptor.replaceTail(sync.ballot(), learner.decided(), sync.length(), sync.entries());
      take(sync.commit());
    }
  }

  /** Rule R4. */
  void onAccept(int from, Message.Accept accept) {
    LoggedEntry logged = accept.logged();
    learner.hear(accept.commit());
    boolean gap = !acceptor.isSynced(accept.ballot()) || logged.slot() > acceptor.verified() + 1;
    if (gap || learner.isBacklogged()) {
      learner.want(from);
    } else if (contradicts(logged)) {
      acceptor.serveDecided(from, accept.commit());
    } else {
      if (logged.slot() > acceptor.log().base()) {
        acceptor.take(logged);
      }
      take(accept.commit());
    }
  }

  /** Rule R6: what is verified in the leader's ballot is decided as far as the leader says so. */
  void onCommit(Ballot ballot, long commit) {
    learner.hear(commit);
    if (acceptor.isSynced(ballot)) {
      learner.decideThrough(Math.min(commit, acceptor.verified()));
    }
  }

  void onHeartbeat(int from, Message.Heartbeat heartbeat) {
    Ballot ballot = heartbeat.ballot();
    onCommit(ballot, heartbeat.commit());
    Message reply =
        new Message.HeartbeatReply(
            ballot,
            heartbeat.readSequence(),
            heartbeat.sentTick(),
            acceptor.durablyVerified(ballot),
            learner.decided(),
            learner.applied());
    local.outbox().send(from, reply);
  }

  /** At the end of a step in which this replica follows {@code leader}. */
  void finish(int leader) {
    Ballot ballot = acceptor.accepted();
    boolean votes = local.membership().votes();
    if (votes && acknowledgementDue && leader == ballot.node() && acceptor.isSynced(ballot)) {
      Message accepted = new Message.Accepted(ballot, acceptor.verified(), learner.applied());
      local.outbox().sendAfter(local.groups().current(), leader, accepted);
    }
    acknowledgementDue = false;
  }

  private void take(long commit) {
    acknowledgementDue = true;
    onCommit(acceptor.accepted(), commit);
  }

  /** Whether something else is decided here: the sender is deposed. Equal hash, equal log. */
  private boolean contradicts(Message.Sync sync) {
    long decided = learner.decided();
    return !sync.hashThrough(decided).equals(acceptor.log().hash(decided));
  }

  private boolean contradicts(LoggedEntry logged) {
    LogWindow log = acceptor.log();
    boolean comparable = logged.slot() >= log.base() && logged.slot() <= learner.decided();
    return comparable && !log.hash(logged.slot()).equals(logged.hash());
  }
}
