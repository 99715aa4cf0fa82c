package dev.ordinal.consensus.core;

import dev.ordinal.consensus.entry.Entry;
import dev.ordinal.consensus.entry.LoggedEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * One leadership, from the end of phase 1 until it steps down: what waits to be logged, how far
 * each member is, what a quorum has accepted, and which reads wait to be confirmed. It exists only
 * while this replica leads; a deposed leader has none of this.
 */
final class Proposer {
  private static final long NOT_PROPOSED = 0;

  private final Local local;
  private final Acceptor acceptor;
  private final Learner learner;
  private final Ballot ballot;
  private final Map<Integer, Peer> peers = new TreeMap<>();
  private final CommandQueue queue;
  private final ReadIndex reads;

  /** The slot of this leader's first own entry (rule R8). */
  private long barrier = NOT_PROPOSED;

  private long heartbeatTick;

  Proposer(Local local, Acceptor acceptor, Learner learner, Ballot ballot) {
    this.local = local;
    this.acceptor = acceptor;
    this.learner = learner;
    this.ballot = ballot;
    this.queue = new CommandQueue(local.settings().queue(), local.settings().batch());
    this.reads = new ReadIndex(local.outbox());
    for (int member : local.others()) {
      peers.put(member, new Peer(local, acceptor, ballot, member));
    }
  }

  Ballot ballot() {
    return ballot;
  }

  int queuedCommands() {
    return queue.size();
  }

  List<ReplicaView.Peer> peers() {
    return peers.values().stream().map(Peer::view).toList();
  }

  /** Syncs those who promised; the others say what they need when they echo the heartbeat. */
  void start(Map<Integer, Message.Promise> promises) {
    proposeBarrier();
    promises.forEach((member, promise) -> feed(member, promise.decided()));
    sendHeartbeats();
    decide();
  }

  void onProposed(Event.Proposed proposed) {
    int length = proposed.command().length();
    int lengthMax = local.settings().commandBytesMax();
    if (length > lengthMax) {
      local.outbox().answer(proposed.ticket(), new Verdict.TooLarge(length, lengthMax));
    } else if (!queue.offer(proposed)) {
      local.outbox().answer(proposed.ticket(), new Verdict.Overloaded(queue.size()));
    }
  }

  void onReadRequested(long ticket) {
    if (reads.size() >= local.settings().queue().countMax()) {
      local.outbox().answer(ticket, new Verdict.Overloaded(reads.size()));
    } else {
      reads.request(ticket, learner.decided());
    }
  }

  /** The reason to step down, if there is one. */
  Observation.@Nullable Reason onTick() {
    long now = local.ticks().now();
    int patience = local.timing().electionTicksMax();
    if (local.groups().oldestAge() > patience) {
      return Observation.Reason.DISK_STALLED;
    }
    if (now - agreed(Peer::echoedTick, now) > patience) {
      return Observation.Reason.NO_QUORUM;
    }
    if (now - heartbeatTick >= local.timing().heartbeatTicks()) {
      sendHeartbeats();
    }
    return null;
  }

  void onAccepted(int from, Message.Accepted accepted) {
    if (accepted.ballot().equals(ballot)) {
      peer(from).onAccepted(accepted.verified(), accepted.applied());
      decide();
    }
  }

  /** Whoever knows more to be decided than its leader has heard of a higher ballot. */
  void onHeartbeatReply(int from, Message.HeartbeatReply reply) {
    if (reply.ballot().equals(ballot)) {
      if (reply.decided() > learner.decided()) {
        learner.want(from);
      }
      peer(from).onEcho(reply, learner.decided());
      reads.confirm(agreed(Peer::echoedRound, reads.startedRound()));
      decide();
    }
  }

  /** Every member has everything through here. */
  long heldByAll() {
    long held = learner.decided();
    for (Peer peer : peers.values()) {
      held = Math.min(held, peer.decided());
    }
    return held;
  }

  private void feed(int member, long decided) {
    peer(member).feed(decided, learner.decided());
  }

  void onWant(int from, Message.Want want) {
    peer(from).onWant(want, learner.decided());
  }

  /**
   * Rule R5: a slot is decided when a quorum has it durable in this very ballot, this replica's own
   * disk being one vote among others.
   */
  void decide() {
    long accepted = agreed(Peer::matched, acceptor.durablyVerified(ballot));
    if (accepted > learner.decided()) {
      learner.decideThrough(accepted);
    }
  }

  /** At the end of a step: logs what waits, sends what is new, answers what is settled. */
  void finish() {
    propose();
    for (Peer peer : peers.values()) {
      peer.stream(learner.decided());
    }
    if (reads.isRoundDue(local.ticks().now())) {
      sendHeartbeats();
    }
    if (barrier != NOT_PROPOSED && learner.applied() >= barrier) {
      reads.release(barrier);
    }
  }

  /** Leadership is over; {@code leader} is who may lead now, 0 if unknown. */
  void close(int leader) {
    Verdict refusal = new Verdict.NotLeader(leader);
    queue.drain().forEach(ticket -> local.outbox().answer(ticket, refusal));
    reads.refuse(leader);
    learner.abandonCallers();
  }

  /** Tells the others that this leadership is over. */
  void resign() {
    peers.keySet().forEach(to -> local.outbox().send(to, new Message.Resigned(ballot)));
  }

  /** Asks the member that has most to take over. */
  void transfer() {
    Peer best = null;
    for (Peer peer : peers.values()) {
      if (best == null || peer.matched() > best.matched()) {
        best = peer;
      }
    }
    if (best != null && best.matched() >= learner.decided()) {
      local.outbox().send(best.member(), new Message.Transfer(ballot, best.matched()));
    }
  }

  void checkInvariants() {
    boolean own = acceptor.accepted().equals(ballot) && acceptor.promised().equals(ballot);
    if (!own || acceptor.verified() != acceptor.log().length()) {
      throw new InvariantViolation(
          "a leader's log is its own", ballot, acceptor.promised(), acceptor.accepted());
    }
  }

  private void propose() {
    proposeBarrier();
    if (barrier == NOT_PROPOSED || queue.isEmpty() || !local.groups().mayStart()) {
      return;
    }
    long bytes = acceptor.log().bytesBetween(learner.decided(), acceptor.log().length());
    if (isWindowOpen(bytes + queue.nextBytesMax()) && !learner.isBacklogged()) {
      CommandQueue.Cut cut = queue.cut();
      LoggedEntry logged = acceptor.propose(cut.entry());
      learner.await(logged.slot(), cut.tickets());
    }
  }

  /** Rule R8. An adopted tail may fill the window (rule R7): then the barrier waits for room. */
  private void proposeBarrier() {
    if (barrier == NOT_PROPOSED && isWindowOpen(0)) {
      barrier = acceptor.propose(Entry.barrier()).slot();
    }
  }

  private boolean isWindowOpen(long bytes) {
    long undecided = acceptor.log().length() - learner.decided();
    return local.settings().window().admit((int) undecided + 1, bytes);
  }

  private void sendHeartbeats() {
    heartbeatTick = local.ticks().now();
    long round = reads.startRound(heartbeatTick);
    Message heartbeat =
        new Message.Heartbeat(ballot, learner.decided(), round, heartbeatTick, heldByAll());
    peers.keySet().forEach(to -> local.outbox().send(to, heartbeat));
    reads.confirm(agreed(Peer::echoedRound, round));
  }

  /**
   * The highest value that a deciding quorum has reached, where {@code own} is this replica's. Such
   * a quorum meets every electing one, so it also shows that nobody else was elected.
   */
  private long agreed(ToLongFunction<Peer> measure, long own) {
    List<Long> values = new ArrayList<>();
    values.add(own);
    peers.values().forEach(peer -> values.add(measure.applyAsLong(peer)));
    values.sort(null);
    for (long value : values.reversed()) {
      TreeSet<Integer> reached = new TreeSet<>();
      for (Peer peer : peers.values()) {
        if (measure.applyAsLong(peer) >= value) {
          reached.add(peer.member());
        }
      }
      if (own >= value) {
        reached.add(local.self());
      }
      if (local.configuration().quorums().decides(reached)) {
        return value;
      }
    }
    throw new InvariantViolation("all members together are a quorum", values);
  }

  private Peer peer(int member) {
    Peer peer = peers.get(member);
    if (peer == null) {
      throw new IllegalArgumentException("not a member: " + member);
    }
    return peer;
  }
}
