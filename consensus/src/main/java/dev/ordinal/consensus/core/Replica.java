package dev.ordinal.consensus.core;

import dev.ordinal.consensus.entry.Entry;
import dev.ordinal.consensus.entry.LoggedEntry;
import dev.ordinal.consensus.quorum.Incarnation;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * One member of a group, as a machine that is told what has happened and says what it wants done.
 * Two replicas built alike and fed alike return equal lists. Not safe for use by several threads.
 */
public final class Replica {
  /*
   * This class only routes. Each fact has one owner: Acceptor the promises and the log, Learner
   * what is decided and applied, Election who is believed to live, Groups what is on its way to the
   * disk; Probing, Candidacy and Proposer exist only in the role that needs them, so a follower has
   * no votes to count and no queue to forget.
   *
   * A step handles its events one by one, then finishes once: a leader logs what has queued up, a
   * follower acknowledges everything it took with a single cumulative message, and the changes of
   * the whole step leave as one group. That is all there is to batching and group commit.
   *
   * When a stop-sign is decided, whichever way, the Acceptor has entered the next configuration;
   * the event ends with changeOver, which ends what this replica did in the one before.
   */
  private static final int NOBODY = Role.NOBODY;

  private final Local local;
  private final Membership membership;
  private final Outbox outbox;
  private final Acceptor acceptor;
  private final Learner learner;
  private final Follower follower;
  private final Listener listener;
  private final Election election;
  private final Roles roles;

  /**
   * A replica that starts, or starts again, from what is on its disk. It never resumes a
   * leadership: it could propose a second value in a ballot it has already led (rule R9).
   *
   * @param self the number of this node
   * @param incarnation its disk; without a vote where the configuration names another one
   * @param image what the disk holds, the configuration included
   * @param chance spreads elections; the only source of chance
   */
  public Replica(
      int self, Incarnation incarnation, Settings settings, Image image, RandomGenerator chance) {
    Ticks ticks = new Ticks();
    outbox = new Outbox();
    Groups groups = new Groups(outbox, ticks, image.group(), image.decided());
    membership = new Membership(self, incarnation, image.stretch());
    local = new Local(self, membership, settings, ticks, outbox, groups);
    acceptor = new Acceptor(local, image);
    learner = new Learner(local, acceptor, image.decided());
    follower = new Follower(local, acceptor, learner);
    listener = new Listener(local, learner);
    election = new Election(settings.timing(), ticks, chance);
    roles = new Roles(local, acceptor, learner, election);
  }

  /**
   * Takes what has happened, in order, and says what is to be done, in order; asks for at most one
   * new group. Throws {@link InvariantViolation} if something happened that cannot: the process
   * must end then.
   */
  public List<Effect> step(List<Event> events) {
    for (Event event : events) {
      onEvent(event);
      roles.changeOver();
      checkInvariants();
    }
    finish();
    checkInvariants();
    return outbox.take();
  }

  /** What this replica believes now. */
  public ReplicaView view() {
    return new ReplicaView(
        membership.votes() ? roles.now().shown() : ReplicaView.Role.LEARNER,
        roles.leader(),
        membership.configuration(),
        acceptor.promised(),
        acceptor.accepted(),
        learner.applied(),
        learner.decided(),
        learner.heard(),
        acceptor.log().length(),
        acceptor.verified(),
        roles.now() instanceof Role.Leading(Proposer proposer) ? proposer.queuedCommands() : 0,
        local.groups().openCount(),
        roles.now() instanceof Role.Leading(Proposer proposer) ? proposer.peers() : List.of(),
        roles.now() instanceof Role.Leading(Proposer proposer) ? proposer.guests() : List.of());
  }

  /** The entries after the decided ones, for tests that compare replicas. */
  public List<LoggedEntry> tail() {
    return acceptor.log().entries(learner.decided() + 1, acceptor.log().length());
  }

  private void onEvent(Event event) {
    switch (event) {
      case Event.Tick() -> onTick();
      case Event.Received(int from, Message message) -> onReceived(from, message);
      case Event.PeerLost(int member) -> onPeerLost(member);
      case Event.PeerMet(int node) -> listener.met(node);
      case Event.Proposed proposed -> onProposed(proposed);
      case Event.ReadRequested(long ticket) -> onReadRequested(ticket);
      case Event.Reconfigure asked -> onReconfigure(asked);
      case Event.TransferRequested(long ticket, int target) -> onTransferRequested(ticket, target);
      case Event.Persisted(long group) -> onPersisted(group);
      case Event.Applied(long slot) -> learner.onApplied(slot);
    }
  }

  private void onReceived(int from, Message message) {
    long own = membership.configuration().number();
    long said = message.configuration();
    if (from == local.self()) {
      return;
    }
    if (message instanceof Message.Want want) {
      onWant(from, want);
    } else if (message instanceof Message.CatchUp catchUp) {
      onCatchUp(from, catchUp);
    } else if (said > own) {
      listener.onLaterConfiguration(from, message);
    } else if (said < own) {
      answer(from, new Message.Closed(own, learner.decided()));
    } else if (!local.others().contains(from)) {
      onReport(from, message);
    } else if (membership.votes()) {
      onReceivedByVoter(from, message);
    } else {
      onReceivedByLearner(from, message);
    }
  }

  private void onReceivedByVoter(int from, Message message) {
    switch (message) {
      case Message.Probe(long _, long round) -> onProbe(from, round);
      case Message.ProbeReply reply -> onProbeReply(from, reply);
      case Message.Prepare(Ballot ballot, long decided) -> onPrepare(from, ballot, decided);
      case Message.Promise promise -> onPromise(from, promise);
      case Message.Reject reject -> onReject(reject);
      case Message.Sync sync -> {
        if (hearLeader(from, sync.ballot())) {
          follower.onSync(from, sync);
        }
      }
      case Message.Accept accept -> {
        if (hearLeader(from, accept.ballot())) {
          follower.onAccept(from, accept);
        }
      }
      case Message.Accepted accepted -> onAccepted(from, accepted);
      case Message.Commit(Ballot ballot, long commit) -> {
        if (hearLeader(from, ballot)) {
          follower.onCommit(ballot, commit);
        }
      }
      case Message.Heartbeat heartbeat -> {
        if (hearLeader(from, heartbeat.ballot())) {
          follower.onHeartbeat(from, heartbeat);
        }
      }
      case Message.HeartbeatReply reply -> onHeartbeatReply(from, reply);
      case Message.Report _ -> onReport(from, message);
      case Message.Transfer(Ballot ballot, long length) -> onTransfer(ballot, length);
      case Message.Resigned(Ballot ballot) -> onResigned(ballot);
      case Message.Want _, Message.CatchUp _, Message.Closed _ -> {}
    }
  }

  /** From a learner, or from another disk than the one that votes under its number. */
  private void onReport(int from, Message message) {
    if (message instanceof Message.Report report
        && roles.now() instanceof Role.Leading(Proposer proposer)) {
      proposer.onReport(from, report);
    }
  }

  private void onReceivedByLearner(int from, Message message) {
    switch (message) {
      case Message.Sync sync -> onCommitHeard(from, sync.ballot(), sync.commit());
      case Message.Accept accept -> onCommitHeard(from, accept.ballot(), accept.commit());
      case Message.Commit(Ballot ballot, long commit) -> onCommitHeard(from, ballot, commit);
      case Message.Heartbeat heartbeat -> {
        if (listener.hears(heartbeat.ballot())) {
          roles.follow(from);
          election.heardLeader(learner.lag());
          listener.onHeartbeat(from, heartbeat);
        }
      }
      case Message.Resigned(Ballot ballot) -> onResigned(ballot);
      case Message.Probe _,
          Message.ProbeReply _,
          Message.Prepare _,
          Message.Promise _,
          Message.Reject _,
          Message.Accepted _,
          Message.HeartbeatReply _,
          Message.Report _,
          Message.Transfer _,
          Message.Want _,
          Message.CatchUp _,
          Message.Closed _ -> {}
    }
  }

  private void onCommitHeard(int from, Ballot ballot, long commit) {
    if (listener.hears(ballot)) {
      listener.onCommit(from, commit);
    }
  }

  // Time.

  private void onTick() {
    local.ticks().advance();
    switch (roles.now()) {
      case Role.Leading(Proposer proposer) -> roles.leadOn(proposer);
      case Role.Campaigning(Candidacy candidacy) when !election.isDue() -> candidacy.onTick();
      case Role.Following _, Role.Asking _, Role.Campaigning _, Role.Starting _ -> {
        if (election.isDue()) {
          onPatienceLost();
        }
      }
    }
  }

  private void onPatienceLost() {
    if (membership.votes()) {
      roles.askToLead();
    } else {
      roles.follow(NOBODY);
      election.giveWay();
      listener.askAround();
    }
  }

  private void onPeerLost(int member) {
    if (member == roles.leader()) {
      roles.follow(NOBODY);
      election.lostLeader(learner.lag());
    }
  }

  // Phase 1 (rules R1 and R2).

  private void onProbe(int from, long round) {
    election.sawRound(round);
    boolean granted = election.grants() && !(roles.now() instanceof Role.Leading);
    // Nothing is put off here: a member that speaks and cannot hear would put it off forever.
    Ballot promised = acceptor.durable().promised();
    outbox.send(
        from,
        new Message.ProbeReply(membership.configuration().number(), round, granted, promised));
  }

  private void onProbeReply(int from, Message.ProbeReply reply) {
    election.sawRound(reply.promised().round());
    if (roles.now() instanceof Role.Asking(Probing probing)) {
      probing.onReply(from, reply);
      roles.campaignIfGranted(probing);
    }
  }

  private void onPrepare(int from, Ballot ballot, long decided) {
    learner.hear(decided);
    if (election.abstains()) {
      return;
    }
    int order = ballot.compareTo(acceptor.promised());
    if (order < 0) {
      reject(from, ballot);
      return;
    }
    if (order > 0) {
      acceptor.promise(ballot);
      roles.follow(NOBODY);
      election.giveWay();
    }
    answer(from, acceptor.report(ballot, learner.decided()));
  }

  private void onPromise(int from, Message.Promise promise) {
    if (roles.now() instanceof Role.Campaigning(Candidacy candidacy)) {
      candidacy.onPromise(from, promise);
    }
  }

  private void onReject(Message.Reject reject) {
    election.sawRound(reject.promised().round());
    if (roles.now() instanceof Role.Leading(Proposer proposer)
        && reject.ballot().equals(proposer.ballot())) {
      roles.stepDownByOneself(proposer, Observation.Reason.HIGHER_BALLOT);
    } else if (roles.now() instanceof Role.Campaigning(Candidacy candidacy)
        && reject.ballot().equals(candidacy.ballot())) {
      roles.follow(NOBODY);
      election.giveWay();
    }
  }

  // Phase 2 (rules R3 to R6); Follower takes what leaders send.

  private void onAccepted(int from, Message.Accepted accepted) {
    if (roles.now() instanceof Role.Leading(Proposer proposer)) {
      proposer.onAccepted(from, accepted);
    }
  }

  private void onHeartbeatReply(int from, Message.HeartbeatReply reply) {
    if (roles.now() instanceof Role.Leading(Proposer proposer)) {
      proposer.onHeartbeatReply(from, reply);
    }
  }

  private void onWant(int from, Message.Want want) {
    if (roles.now() instanceof Role.Leading(Proposer proposer)) {
      proposer.onWant(from, want);
    } else {
      acceptor.serveDecided(from, want.decided());
    }
  }

  /** A page may reach over a stop-sign: what follows is taken in the configuration it begins. */
  private void onCatchUp(int from, Message.CatchUp catchUp) {
    long through = catchUp.decidedThrough();
    learner.hear(through);
    List<LoggedEntry> entries = new ArrayList<>();
    boolean changed = false;
    for (LoggedEntry logged : catchUp.entries()) {
      entries.add(logged);
      if (logged.entry().kind() == Entry.Kind.STOP_SIGN) {
        onDecided(from, entries, through);
        changed |= !roles.isCurrent();
        roles.changeOver();
        entries.clear();
      }
    }
    onDecided(from, entries, through);
    if (changed && entries.isEmpty() && through > learner.decided()) {
      learner.want(from);
    }
  }

  private void onDecided(int from, List<LoggedEntry> entries, long decidedThrough) {
    boolean empty = entries.isEmpty() || entries.getLast().slot() <= learner.decided();
    if (empty || entries.getFirst().slot() > learner.decided() + 1) {
      return;
    }
    if (learner.isBacklogged()) {
      learner.want(from);
      return;
    }
    if (acceptor.lacks(learner.decided(), entries)) {
      roles.abandonOwnTail();
      acceptor.learn(learner.decided(), entries);
    }
    learner.decideThrough(entries.getLast().slot());
    if (!roles.isCurrent()) {
      return;
    }
    if (roles.now() instanceof Role.Campaigning(Candidacy candidacy)) {
      candidacy.advance();
      election.giveWay();
    } else if (decidedThrough > learner.decided()) {
      learner.want(from);
    } else if (roles.now() instanceof Role.Following(int leader) && leader != NOBODY) {
      learner.want(leader);
    }
  }

  // Leaving and handing over.

  private void onTransfer(Ballot ballot, long length) {
    boolean able = acceptor.isSynced(ballot) && acceptor.verified() >= length;
    if (able && !election.abstains() && roles.now() instanceof Role.Following) {
      roles.follow(NOBODY);
      roles.campaign();
    }
  }

  /** The news may be late: below the promise, the same node has been elected once more since. */
  private void onResigned(Ballot ballot) {
    boolean news = ballot.compareTo(acceptor.promised()) >= 0;
    if (news && roles.now() instanceof Role.Following(int leader) && leader == ballot.node()) {
      roles.follow(NOBODY);
      election.lostLeader(learner.lag());
    }
  }

  /** False, with a Reject sent, if the sender of {@code ballot} is no leader any more. */
  private boolean hearLeader(int from, Ballot ballot) {
    if (ballot.compareTo(acceptor.promised()) < 0) {
      reject(from, ballot);
      return false;
    }
    roles.follow(from);
    election.heardLeader(learner.lag());
    return true;
  }

  // Clients, the disk, and the end of a step.

  private void onProposed(Event.Proposed proposed) {
    Proposer proposer = roles.now().proposer();
    if (proposer != null) {
      proposer.onProposed(proposed);
    } else {
      outbox.answer(proposed.ticket(), new Verdict.NotLeader(roles.leader()));
    }
  }

  private void onReconfigure(Event.Reconfigure asked) {
    Proposer proposer = roles.now().proposer();
    if (proposer != null) {
      proposer.onReconfigure(asked);
    } else {
      outbox.answer(asked.ticket(), new Verdict.NotLeader(roles.leader()));
    }
  }

  private void onTransferRequested(long ticket, int target) {
    Proposer proposer = roles.now().proposer();
    if (proposer != null) {
      proposer.onTransferRequested(ticket, target);
    } else {
      outbox.answer(ticket, new Verdict.NotLeader(roles.leader()));
    }
  }

  private void onReadRequested(long ticket) {
    Proposer proposer = roles.now().proposer();
    if (proposer != null) {
      proposer.onReadRequested(ticket);
    } else {
      outbox.answer(ticket, new Verdict.NotLeader(roles.leader()));
    }
  }

  private void onPersisted(long group) {
    Durable reached = local.groups().persisted(group);
    if (reached == null) {
      return;
    }
    acceptor.settle(reached);
    roles.onDurable();
  }

  private void finish() {
    if (roles.now() instanceof Role.Leading(Proposer proposer)) {
      proposer.finish();
    }
    if (roles.now() instanceof Role.Following(int leader)) {
      follower.finish(leader);
    }
    local.groups().start(acceptor.mark(learner.decided()), learner.decided());
    if (local.groups().isSettled()) {
      acceptor.settle(acceptor.mark(learner.decided()));
    }
    if (roles.now() instanceof Role.Leading(Proposer proposer)) {
      proposer.serveAudience();
    }
    acceptor.log().trim(learner.decided(), local.settings().recent());
  }

  private void reject(int to, Ballot ballot) {
    answer(to, new Message.Reject(ballot, acceptor.promised()));
  }

  /** For messages that claim what is on the disk: they leave when everything so far is. */
  private void answer(int to, Message message) {
    outbox.sendAfter(local.groups().current(), to, message);
  }

  private void checkInvariants() {
    acceptor.checkInvariants(learner.decided());
    InvariantViolation.check(
        learner.applied() <= learner.decided(),
        "I11: applied ≤ decided",
        learner.applied(),
        learner.decided());
    if (roles.now() instanceof Role.Leading(Proposer proposer)) {
      proposer.checkInvariants();
    }
  }
}
