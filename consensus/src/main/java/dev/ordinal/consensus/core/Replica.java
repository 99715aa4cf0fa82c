package dev.ordinal.consensus.core;

import dev.ordinal.consensus.entry.LogPoint;
import dev.ordinal.consensus.entry.LoggedEntry;
import dev.ordinal.consensus.quorum.Incarnation;
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
   */
  private static final int NOBODY = 0;

  private final Local local;
  private final Outbox outbox;
  private final Acceptor acceptor;
  private final Learner learner;
  private final Follower follower;
  private final Election election;
  private Role role = new Role.Following(NOBODY);

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
    Membership membership = new Membership(self, incarnation, image.stretch());
    local = new Local(self, membership, settings, ticks, outbox, groups);
    Truncation truncation = new Truncation(settings, image);
    acceptor = new Acceptor(local, truncation, image);
    learner = new Learner(local, acceptor.log(), truncation, image.decided());
    follower = new Follower(local, acceptor, learner);
    election = new Election(settings.timing(), ticks, chance);
  }

  /**
   * Takes what has happened, in order, and says what is to be done, in order; asks for at most one
   * new group. Throws {@link InvariantViolation} if something happened that cannot: the process
   * must end then.
   */
  public List<Effect> step(List<Event> events) {
    for (Event event : events) {
      onEvent(event);
      checkInvariants();
    }
    finish();
    checkInvariants();
    return outbox.take();
  }

  /** What this replica believes now. */
  public ReplicaView view() {
    return new ReplicaView(
        switch (role) {
          case Role.Following _ -> ReplicaView.Role.FOLLOWER;
          case Role.Asking _, Role.Campaigning _ -> ReplicaView.Role.CANDIDATE;
          case Role.Leading _ -> ReplicaView.Role.LEADER;
        },
        leader(),
        acceptor.promised(),
        acceptor.accepted(),
        learner.applied(),
        learner.decided(),
        learner.heard(),
        acceptor.log().length(),
        acceptor.verified(),
        role instanceof Role.Leading(Proposer proposer) ? proposer.queuedCommands() : 0,
        local.groups().openCount(),
        role instanceof Role.Leading(Proposer proposer) ? proposer.peers() : List.of());
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
      case Event.Proposed proposed -> onProposed(proposed);
      case Event.ReadRequested(long ticket) -> onReadRequested(ticket);
      case Event.Persisted(long group) -> onPersisted(group);
      case Event.Applied(long slot) -> learner.onApplied(slot);
      case Event.Droppable(long slot) -> learner.onDroppable(slot);
    }
  }

  private void onReceived(int from, Message message) {
    if (from == local.self() || !local.others().contains(from)) {
      throw new IllegalArgumentException(
          "a message from %d, which is not another member of %s"
              .formatted(from, local.configuration().voters()));
    }
    switch (message) {
      case Message.Probe(long round) -> onProbe(from, round);
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
          learner.onHeldByAll(heartbeat.heldByAll());
          follower.onHeartbeat(from, heartbeat);
        }
      }
      case Message.HeartbeatReply reply -> onHeartbeatReply(from, reply);
      case Message.Want want -> onWant(from, want);
      case Message.CatchUp catchUp -> onCatchUp(from, catchUp);
      case Message.Behind(LogPoint base) -> onBehind(from, base);
      case Message.Transfer(Ballot ballot, long length) -> onTransfer(ballot, length);
      case Message.Resigned(Ballot ballot) -> onResigned(ballot);
    }
  }

  // Time.

  private void onTick() {
    local.ticks().advance();
    switch (role) {
      case Role.Leading(Proposer proposer) -> leadOn(proposer);
      case Role.Campaigning(Candidacy candidacy) when !election.isDue() -> candidacy.onTick();
      case Role.Following _, Role.Asking _, Role.Campaigning _ -> {
        if (election.isDue()) {
          askToLead();
        }
      }
    }
    acceptor.truncate();
  }

  private void leadOn(Proposer proposer) {
    learner.onHeldByAll(proposer.heldByAll());
    Observation.Reason reason = proposer.onTick();
    if (reason == Observation.Reason.DISK_STALLED) {
      proposer.transfer();
    }
    if (reason != null) {
      stepDownByOneself(proposer, reason);
    }
  }

  private void askToLead() {
    boolean stalled = local.groups().oldestAge() > local.timing().electionTicksMax();
    if (stalled || learner.isOutOfLog()) {
      election.giveWay();
      return;
    }
    follow(NOBODY);
    Probing probing = new Probing(local, election.nextRound(acceptor.promised()));
    role = new Role.Asking(probing);
    election.awaitGrants();
    probing.start();
    campaignIfGranted(probing);
  }

  private void onPeerLost(int member) {
    if (member == leader()) {
      follow(NOBODY);
      election.lostLeader(learner.lag());
    }
  }

  // Phase 1 (rules R1 and R2).

  private void onProbe(int from, long round) {
    election.sawRound(round);
    boolean granted = election.grants() && !(role instanceof Role.Leading);
    // Nothing is put off here: a member that speaks and cannot hear would put it off forever.
    Ballot promised = acceptor.durable().promised();
    outbox.send(from, new Message.ProbeReply(round, granted, promised));
  }

  private void onProbeReply(int from, Message.ProbeReply reply) {
    election.sawRound(reply.promised().round());
    if (role instanceof Role.Asking(Probing probing)) {
      probing.onReply(from, reply);
      campaignIfGranted(probing);
    }
  }

  private void campaignIfGranted(Probing probing) {
    if (probing.isGranted()) {
      campaign();
    }
  }

  private void campaign() {
    long round = election.nextRound(acceptor.promised());
    Ballot ballot = new Ballot(local.configuration().number(), round, local.self());
    Candidacy candidacy = new Candidacy(local, acceptor, learner, ballot);
    role = new Role.Campaigning(candidacy);
    election.giveWay();
    outbox.observe(new Observation.Campaigned(ballot));
    candidacy.start();
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
      follow(NOBODY);
      election.giveWay();
    }
    answer(from, acceptor.report(ballot, learner.decided()));
  }

  private void onPromise(int from, Message.Promise promise) {
    if (role instanceof Role.Campaigning(Candidacy candidacy)) {
      candidacy.onPromise(from, promise);
    }
  }

  private void onReject(Message.Reject reject) {
    election.sawRound(reject.promised().round());
    if (role instanceof Role.Leading(Proposer proposer)
        && reject.ballot().equals(proposer.ballot())) {
      stepDownByOneself(proposer, Observation.Reason.HIGHER_BALLOT);
    } else if (role instanceof Role.Campaigning(Candidacy candidacy)
        && reject.ballot().equals(candidacy.ballot())) {
      follow(NOBODY);
      election.giveWay();
    }
  }

  private void leadIfElected(Candidacy candidacy) {
    if (candidacy.isElected()) {
      Proposer proposer = new Proposer(local, acceptor, learner, candidacy.ballot());
      role = new Role.Leading(proposer);
      outbox.observe(new Observation.Elected(candidacy.ballot()));
      outbox.observe(new Observation.LeaderChanged(local.self()));
      proposer.start(candidacy.promises());
    }
  }

  // Phase 2 (rules R3 to R6); Follower takes what leaders send.

  private void onAccepted(int from, Message.Accepted accepted) {
    if (role instanceof Role.Leading(Proposer proposer)) {
      proposer.onAccepted(from, accepted);
    }
  }

  private void onHeartbeatReply(int from, Message.HeartbeatReply reply) {
    if (role instanceof Role.Leading(Proposer proposer)) {
      proposer.onHeartbeatReply(from, reply);
    }
  }

  private void onWant(int from, Message.Want want) {
    if (role instanceof Role.Leading(Proposer proposer)) {
      proposer.onWant(from, want);
    } else {
      acceptor.serveDecided(from, want.decided());
    }
  }

  private void onCatchUp(int from, Message.CatchUp catchUp) {
    List<LoggedEntry> entries = catchUp.entries();
    learner.hear(catchUp.decidedThrough());
    boolean empty = entries.isEmpty() || entries.getLast().slot() <= learner.decided();
    if (empty || entries.getFirst().slot() > learner.decided() + 1) {
      return;
    }
    if (learner.isBacklogged()) {
      learner.want(from);
      return;
    }
    if (acceptor.lacks(learner.decided(), entries)) {
      abandonOwnTail();
      acceptor.learn(learner.decided(), entries);
    }
    learner.decideThrough(entries.getLast().slot());
    goOnLearning(from, catchUp.decidedThrough());
  }

  /** {@code from} knows everything through {@code decidedThrough} to be decided. */
  private void goOnLearning(int from, long decidedThrough) {
    if (role instanceof Role.Campaigning(Candidacy candidacy)) {
      candidacy.advance();
      election.giveWay();
    } else if (decidedThrough > learner.decided()) {
      learner.want(from);
    } else if (role instanceof Role.Following(int leader) && leader != NOBODY) {
      learner.want(leader);
    }
  }

  /** Through the base, equal hash means an equal log, and all of it is decided. */
  private void onBehind(int from, LogPoint base) {
    learner.hear(base.slot());
    if (base.slot() <= learner.decided()) {
      return;
    }
    if (!acceptor.holds(base)) {
      abandonOwnTail();
      if (role instanceof Role.Campaigning) {
        follow(NOBODY);
        election.giveWay();
      }
      learner.lack(from, base);
    } else if (learner.isBacklogged()) {
      learner.want(from);
    } else {
      learner.decideThrough(base.slot());
      goOnLearning(from, base.slot());
    }
  }

  /** Rule R6: whoever proposes on top of a log that others have decided differently must stop. */
  private void abandonOwnTail() {
    if (role instanceof Role.Leading(Proposer proposer)) {
      stepDownByOneself(proposer, Observation.Reason.LOG_DIFFERS);
    } else if (role instanceof Role.Campaigning(Candidacy candidacy) && candidacy.hasAdopted()) {
      follow(NOBODY, Observation.Reason.LOG_DIFFERS);
    }
  }

  // Leaving and handing over.

  private void onTransfer(Ballot ballot, long length) {
    boolean able = acceptor.isSynced(ballot) && acceptor.verified() >= length;
    if (able && !election.abstains() && role instanceof Role.Following) {
      follow(NOBODY);
      campaign();
    }
  }

  /** The news may be late: below the promise, the same node has been elected once more since. */
  private void onResigned(Ballot ballot) {
    boolean news = ballot.compareTo(acceptor.promised()) >= 0;
    if (news && role instanceof Role.Following(int leader) && leader == ballot.node()) {
      follow(NOBODY);
      election.lostLeader(learner.lag());
    }
  }

  private void stepDownByOneself(Proposer proposer, Observation.Reason reason) {
    proposer.resign();
    follow(NOBODY, reason);
    election.giveWay();
  }

  /** False, with a Reject sent, if the sender of {@code ballot} is no leader any more. */
  private boolean hearLeader(int from, Ballot ballot) {
    if (ballot.compareTo(acceptor.promised()) < 0) {
      reject(from, ballot);
      return false;
    }
    follow(from);
    election.heardLeader(learner.lag());
    return true;
  }

  private void follow(int leader) {
    follow(leader, Observation.Reason.HIGHER_BALLOT);
  }

  /** Ends whatever role this replica has; {@code reason} is why, should that be leadership. */
  private void follow(int leader, Observation.Reason reason) {
    int before = leader();
    if (role instanceof Role.Leading(Proposer proposer)) {
      proposer.close(leader);
      outbox.observe(new Observation.SteppedDown(proposer.ballot(), reason));
    }
    if (!(role instanceof Role.Following(int known) && known == leader)) {
      role = new Role.Following(leader);
    }
    if (before != leader) {
      outbox.observe(new Observation.LeaderChanged(leader));
    }
  }

  // Clients, the disk, and the end of a step.

  private void onProposed(Event.Proposed proposed) {
    if (role instanceof Role.Leading(Proposer proposer)) {
      proposer.onProposed(proposed);
    } else {
      outbox.answer(proposed.ticket(), new Verdict.NotLeader(leader()));
    }
  }

  private void onReadRequested(long ticket) {
    if (role instanceof Role.Leading(Proposer proposer)) {
      proposer.onReadRequested(ticket);
    } else {
      outbox.answer(ticket, new Verdict.NotLeader(leader()));
    }
  }

  private void onPersisted(long group) {
    Durable reached = local.groups().persisted(group);
    if (reached == null) {
      return;
    }
    acceptor.settle(reached);
    switch (role) {
      case Role.Campaigning(Candidacy candidacy) -> {
        candidacy.advance();
        leadIfElected(candidacy);
      }
      case Role.Leading(Proposer proposer) -> proposer.decide();
      case Role.Following _, Role.Asking _ -> {}
    }
  }

  private void finish() {
    if (role instanceof Role.Leading(Proposer proposer)) {
      proposer.finish();
    }
    if (role instanceof Role.Following(int leader)) {
      follower.finish(leader);
    }
    local.groups().start(acceptor.mark(learner.decided()), learner.decided());
    if (local.groups().isSettled()) {
      acceptor.settle(acceptor.mark(learner.decided()));
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

  private int leader() {
    return switch (role) {
      case Role.Following(int leader) -> leader;
      case Role.Asking _, Role.Campaigning _ -> NOBODY;
      case Role.Leading _ -> local.self();
    };
  }

  private void checkInvariants() {
    acceptor.checkInvariants(learner.decided());
    InvariantViolation.check(
        learner.applied() <= learner.decided(),
        "I11: applied ≤ decided",
        learner.applied(),
        learner.decided());
    if (role instanceof Role.Leading(Proposer proposer)) {
      proposer.checkInvariants();
    }
  }
}
