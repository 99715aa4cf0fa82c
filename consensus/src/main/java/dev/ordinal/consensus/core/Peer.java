package dev.ordinal.consensus.core;

import dev.ordinal.consensus.entry.LoggedEntry;

/**
 * One other member as a leader sees it, and what is under way to it.
 *
 * <p>A member is fed once (a Sync if memory reaches back far enough, decided entries from the log
 * if not), then entries stream to it within {@link Settings#pipeline}. What gets lost shows as a
 * gap in its heartbeat replies, or it says so with a Want, and it is fed again, ever less often
 * while that brings nothing.
 */
final class Peer {
  private static final long NEVER = -1;

  private final Local local;
  private final Acceptor acceptor;
  private final LogWindow log;
  private final Ballot ballot;
  private final int member;

  /** Durable there, in this ballot, through here. */
  private long matched = Acceptor.UNVERIFIED;

  private long applied;

  /** What it last said that it knows to be decided; 0 if it has not spoken. */
  private long decided;

  /** The next slot to stream; 0 while the member has to be fed first. */
  private long next;

  /** Memory does not reach back to what the member lacks: the log feeds it. */
  private boolean behind;

  private long toldCommit;
  private long echoedTick;
  private long echoedRound;
  private long fedAfter = NEVER;
  private long fedTick;
  private long feedDelay;
  private long progressTick;

  Peer(Local local, Acceptor acceptor, Ballot ballot, int member) {
    this.local = local;
    this.acceptor = acceptor;
    this.log = acceptor.log();
    this.ballot = ballot;
    this.member = member;
    this.echoedTick = local.ticks().now();
    this.feedDelay = local.timing().retryTicks();
  }

  int member() {
    return member;
  }

  long matched() {
    return matched;
  }

  long decided() {
    return decided;
  }

  long echoedTick() {
    return echoedTick;
  }

  long echoedRound() {
    return echoedRound;
  }

  ReplicaView.Peer view() {
    return new ReplicaView.Peer(member, matched, applied, local.ticks().now() - echoedTick);
  }

  void onAccepted(long verified, long othersApplied) {
    InvariantViolation.check(
        verified <= log.length(), "accepted ≤ own length", verified, log.length());
    applied = Math.max(applied, othersApplied);
    if (verified > matched) {
      matched = verified;
      progressTick = local.ticks().now();
      fedAfter = NEVER;
      feedDelay = local.timing().retryTicks();
    }
  }

  void onEcho(Message.HeartbeatReply reply, long commit) {
    echoedTick = Math.max(echoedTick, reply.sentTick());
    echoedRound = Math.max(echoedRound, reply.readSequence());
    decided = reply.decided();
    onAccepted(reply.verified(), applied);
    boolean stalled = local.ticks().now() - progressTick >= local.timing().retryTicks();
    boolean gap = matched < next - 1 && stalled;
    if (next == 0 || reply.verified() == Acceptor.UNVERIFIED || gap) {
      feed(reply.decided(), commit);
    }
  }

  /** The member says that it lacks what comes after {@code want.decided}. */
  void onWant(Message.Want want, long commit) {
    if (want.resumes()) {
      fedAfter = NEVER;
    }
    feed(want.decided(), commit);
  }

  /** The member lacks what comes after {@code decided}. */
  void feed(long decided, long commit) {
    long now = local.ticks().now();
    boolean again = decided == fedAfter;
    if (again && now - fedTick < feedDelay) {
      return;
    }
    feedDelay =
        again
            ? Math.min(2 * feedDelay, local.timing().electionTicksMax())
            : local.timing().retryTicks();
    fedAfter = decided;
    fedTick = now;
    progressTick = now;
    if (decided >= log.base()) {
      sync(Math.min(decided, log.length()), commit);
    } else {
      next = 0;
      if (!behind) {
        behind = true;
        local.outbox().observe(new Observation.FellBehind(member, decided));
      }
      acceptor.serveDecided(member, decided);
    }
  }

  private void sync(long after, long commit) {
    if (matched != Acceptor.UNVERIFIED && !behind) {
      local.outbox().observe(new Observation.Resynced(member));
    }
    behind = false;
    var entries = log.entries(after + 1, log.length());
    var sync = new Message.Sync(ballot, after, log.hash(after), entries, commit);
    local.outbox().send(member, sync);
    next = log.length() + 1;
    toldCommit = commit;
  }

  /** Sends what is new, as far as the pipeline admits it. */
  void stream(long commit) {
    if (next <= log.base()) {
      next = 0;
      return;
    }
    long known = Math.max(matched, log.base());
    while (next <= log.length() && admits(known)) {
      if (matched == next - 1) {
        progressTick = local.ticks().now();
      }
      LoggedEntry entry = log.get(next);
      local.outbox().send(member, new Message.Accept(ballot, entry, commit));
      toldCommit = commit;
      next++;
    }
    if (toldCommit < commit) {
      local.outbox().send(member, new Message.Commit(ballot, commit));
      toldCommit = commit;
    }
  }

  private boolean admits(long known) {
    boolean idle = known >= next - 1;
    Bounds pipeline = local.settings().pipeline();
    return idle || pipeline.admit((int) (next - known), log.bytesBetween(known, next));
  }
}
