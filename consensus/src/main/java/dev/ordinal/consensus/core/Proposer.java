package dev.ordinal.consensus.core;

import dev.ordinal.consensus.entry.Entry;
import dev.ordinal.consensus.entry.LoggedEntry;
import dev.ordinal.consensus.entry.Payload;
import dev.ordinal.consensus.quorum.Configuration;
import dev.ordinal.consensus.quorum.ConfigurationCodec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

  /** After a voter of higher priority failed to take over, in longest election timeouts. */
  private static final int REST_TIMEOUTS = 8;

  private final Local local;
  private final Acceptor acceptor;
  private final Learner learner;
  private final Ballot ballot;
  private final Configuration configuration;
  private final Map<Integer, Peer> peers = new TreeMap<>();
  private final Audience audience;
  private final CommandQueue queue;
  private final ReadIndex reads;

  /** The slot of this leader's first own entry (rule R8). */
  private long barrier = NOT_PROPOSED;

  private long heartbeatTick;

  /** The change that will be proposed as soon as there is room. */
  private Event.@Nullable Reconfigure change;

  private @Nullable Handover handover;

  /** Who waits for the handover to succeed. */
  private @Nullable Long handoverTicket;

  /** Before this, nobody is asked to lead because of its priority. */
  private long restUntil;

  Proposer(Local local, Acceptor acceptor, Learner learner, Ballot ballot) {
    this.local = local;
    this.acceptor = acceptor;
    this.learner = learner;
    this.ballot = ballot;
    this.configuration = local.configuration();
    this.audience = new Audience(local, acceptor);
    this.restUntil = local.ticks().now() + local.timing().electionTicksMax();
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
    List<ReplicaView.Peer> views = new ArrayList<>(audience.views());
    peers.values().forEach(peer -> views.add(peer.view()));
    views.sort(Comparator.comparingInt(ReplicaView.Peer::member));
    return views;
  }

  List<ReplicaView.Guest> guests() {
    return audience.guests();
  }

  /** Takes over what waits at {@code before}, the leadership of the configuration before. */
  void inherit(Proposer before) {
    before.queue.drain().forEach(queue::offer);
    before.reads.drain().forEach(this::onReadRequested);
  }

  /**
   * Leads the first ballot of its configuration: nobody can have promised or accepted a lower one,
   * and what is decided is all there is, so there is nothing to be asked in a phase 1.
   */
  void startFirst() {
    long since = local.membership().stretch().since();
    proposeBarrier();
    peers.keySet().forEach(member -> feed(member, since));
    sendHeartbeats();
    decide();
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
    if (handover != null && handover.isOverdue()) {
      giveUpHandover(handover.target());
    } else if (now >= restUntil && !isChanging() && barrier != NOT_PROPOSED) {
      preferHigherPriority();
    }
    return null;
  }

  private void giveUpHandover(int target) {
    endHandover(new Verdict.NotTransferred(target));
    restUntil = local.ticks().now() + (long) REST_TIMEOUTS * local.timing().electionTicksMax();
  }

  private void endHandover(Verdict verdict) {
    if (handoverTicket != null) {
      local.outbox().answer(handoverTicket, verdict);
    }
    handoverTicket = null;
    handover = null;
  }

  /** Hands over to the voter of the highest priority above the own one that is in sync. */
  private void preferHigherPriority() {
    Configuration.Member best = configuration.member(local.self());
    for (Configuration.Member member : configuration.members()) {
      Peer peer = peers.get(member.node());
      boolean preferred = best != null && member.priority() > best.priority();
      if (preferred && peer != null && peer.isReady(learner.decided())) {
        best = member;
      }
    }
    if (best != null && best.node() != local.self()) {
      handover = new Handover(local, ballot, best.node());
    }
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

  void onReport(int from, Message.Report report) {
    if (report.ballot().equals(ballot)) {
      audience.onReport(from, report);
    }
  }

  /** Rules of {@link Succession}, and one change at a time. */
  void onReconfigure(Event.Reconfigure asked) {
    Configuration next = asked.next();
    Verdict refusal =
        isChanging()
            ? new Verdict.ChangeInProgress()
            : Succession.refusal(configuration, next, ready(next));
    if (refusal != null) {
      local.outbox().answer(asked.ticket(), refusal);
    } else if (asked.dryRun()) {
      local.outbox().answer(asked.ticket(), new Verdict.Permitted(next));
    } else {
      change = asked;
    }
  }

  void onTransferRequested(long ticket, int target) {
    if (target == local.self()) {
      local.outbox().answer(ticket, new Verdict.Transferred(target));
    } else if (!peers.containsKey(target)) {
      local.outbox().answer(ticket, new Verdict.NotTransferred(target));
    } else if (isChanging()) {
      local.outbox().answer(ticket, new Verdict.ChangeInProgress());
    } else {
      handover = new Handover(local, ballot, target);
      handoverTicket = ticket;
    }
  }

  private boolean isChanging() {
    return change != null || handover != null || acceptor.isClosing();
  }

  /** The voters of {@code next} who live and are within a window of what is decided. */
  private Set<Integer> ready(Configuration next) {
    TreeSet<Integer> ready = new TreeSet<>();
    for (Configuration.Member member : next.members()) {
      if (next.isVoter(member.node()) && isReady(member)) {
        ready.add(member.node());
      }
    }
    return ready;
  }

  private boolean isReady(Configuration.Member member) {
    long least = learner.decided() - local.settings().window().countMax();
    if (member.node() == local.self()) {
      return member.incarnation().equals(local.membership().incarnation());
    }
    Peer peer = peers.get(member.node());
    if (peer != null && configuration.names(member.node(), member.incarnation())) {
      return peer.isReady(least);
    }
    return audience.isReady(member, least);
  }

  private void feed(int member, long decided) {
    peer(member).feed(decided, learner.decided());
  }

  void onWant(int from, Message.Want want) {
    Peer peer = peers.get(from);
    if (peer != null && want.votesIn() == ballot.configuration()) {
      peer.onWant(want, learner.decided());
    } else {
      audience.onWant(from, want.decided());
    }
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
    if (handover != null) {
      handover.advance(peer(handover.target()).matched(), acceptor.log().length());
    }
    if (reads.isRoundDue(local.ticks().now())) {
      sendHeartbeats();
    }
    if (barrier != NOT_PROPOSED && learner.applied() >= barrier) {
      reads.release(barrier);
    }
  }

  /** After a step: shows those without a vote what the disk has by now. */
  void serveAudience() {
    audience.serve();
  }

  /** Leadership is over; {@code leader} is who may lead now, 0 if unknown. */
  void close(int leader) {
    Verdict refusal = new Verdict.NotLeader(leader);
    queue.drain().forEach(waiting -> local.outbox().answer(waiting.ticket(), refusal));
    reads.drain().forEach(ticket -> local.outbox().answer(ticket, refusal));
    if (change != null) {
      local.outbox().answer(change.ticket(), refusal);
    }
    if (handover != null) {
      int successor = leader == 0 ? acceptor.promised().node() : leader;
      boolean asked = successor == handover.target();
      endHandover(asked ? new Verdict.Transferred(successor) : refusal);
    }
    learner.abandonCallers();
  }

  /**
   * Its last words: the stop-sign is decided, so this leadership and its configuration are over.
   * Whoever has the log learns it from a Commit at once; all members of both configurations are
   * told where to ask, once the disk here can answer.
   */
  void farewell(Configuration next) {
    for (Peer peer : peers.values()) {
      peer.stream(learner.decided());
    }
    TreeSet<Integer> all = new TreeSet<>(configuration.nodes());
    all.addAll(next.nodes());
    all.remove(local.self());
    Message closed = new Message.Closed(next.number(), learner.decided());
    long group = local.groups().current();
    all.forEach(to -> local.outbox().sendAfter(group, to, closed));
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

  /** Invariant I8: nothing follows a stop-sign. */
  private void propose() {
    proposeBarrier();
    proposeChange();
    boolean held = barrier == NOT_PROPOSED || isChanging();
    if (held || queue.isEmpty() || !local.groups().mayStart()) {
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
    if (barrier == NOT_PROPOSED && isWindowOpen(0) && !acceptor.isClosing()) {
      barrier = acceptor.propose(Entry.barrier()).slot();
    }
  }

  private void proposeChange() {
    Event.Reconfigure asked = change;
    if (asked != null && barrier != NOT_PROPOSED && isWindowOpen(0)) {
      Payload next = Payload.wrap(ConfigurationCodec.encode(asked.next()));
      LoggedEntry logged = acceptor.propose(Entry.stopSign(next));
      learner.await(logged.slot(), List.of(asked.ticket()));
      change = null;
    }
  }

  private boolean isWindowOpen(long bytes) {
    long undecided = acceptor.log().length() - learner.decided();
    return local.settings().window().admit((int) undecided + 1, bytes);
  }

  private void sendHeartbeats() {
    heartbeatTick = local.ticks().now();
    long round = reads.startRound(heartbeatTick);
    Message heartbeat = new Message.Heartbeat(ballot, learner.decided(), round, heartbeatTick);
    peers.keySet().forEach(to -> local.outbox().send(to, heartbeat));
    audience.forgetSilent();
    audience.learners().forEach(to -> local.outbox().send(to, heartbeat));
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
      if (configuration.quorums().decides(reached)) {
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
