package dev.ordinal.consensus.core;

import dev.ordinal.consensus.quorum.Configuration;

/** Which role this replica has, and every way in which it gets another one. */
final class Roles {
  private static final int NOBODY = Role.NOBODY;

  private final Local local;
  private final Acceptor acceptor;
  private final Learner learner;
  private final Election election;
  private Role role = new Role.Following(NOBODY);

  /** The configuration that {@link #role} belongs to. */
  private long configuration;

  Roles(Local local, Acceptor acceptor, Learner learner, Election election) {
    this.local = local;
    this.acceptor = acceptor;
    this.learner = learner;
    this.election = election;
    this.configuration = local.configuration().number();
  }

  Role now() {
    return role;
  }

  /** Who leads, as far as is known here; 0 if nobody. */
  int leader() {
    return role.leader(local.self());
  }

  /** Whether the configuration that the role belongs to is still that of this replica. */
  boolean isCurrent() {
    return configuration == local.configuration().number();
  }

  void follow(int leader) {
    follow(leader, Observation.Reason.HIGHER_BALLOT);
  }

  /** Ends whatever role this replica has; {@code reason} is why, should that be leadership. */
  void follow(int leader, Observation.Reason reason) {
    int before = leader();
    Proposer closed = role.proposer();
    if (closed != null) {
      closed.close(leader);
    }
    if (role instanceof Role.Leading(Proposer proposer)) {
      local.outbox().observe(new Observation.SteppedDown(proposer.ballot(), reason));
    }
    if (!(role instanceof Role.Following(int known) && known == leader)) {
      role = new Role.Following(leader);
    }
    if (before != leader) {
      local.outbox().observe(new Observation.LeaderChanged(leader));
    }
  }

  // Time.

  void leadOn(Proposer proposer) {
    Observation.Reason reason = proposer.onTick();
    if (reason == Observation.Reason.DISK_STALLED) {
      proposer.transfer();
    }
    if (reason != null) {
      stepDownByOneself(proposer, reason);
    }
  }

  void stepDownByOneself(Proposer proposer, Observation.Reason reason) {
    proposer.resign();
    follow(NOBODY, reason);
    election.giveWay();
  }

  // Phase 1 (rules R1 and R2).

  void askToLead() {
    if (local.groups().oldestAge() > local.timing().electionTicksMax()) {
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

  void campaignIfGranted(Probing probing) {
    if (probing.isGranted()) {
      campaign();
    }
  }

  void campaign() {
    long round = election.nextRound(acceptor.promised());
    Ballot ballot = new Ballot(configuration, round, local.self());
    Candidacy candidacy = new Candidacy(local, acceptor, learner, ballot);
    role = new Role.Campaigning(candidacy);
    election.giveWay();
    local.outbox().observe(new Observation.Campaigned(ballot));
    candidacy.start();
  }

  /** More is durable. */
  void onDurable() {
    switch (role) {
      case Role.Campaigning(Candidacy candidacy) -> {
        candidacy.advance();
        if (candidacy.isElected()) {
          Proposer proposer = new Proposer(local, acceptor, learner, candidacy.ballot());
          lead(proposer);
          proposer.start(candidacy.promises());
        }
      }
      case Role.Starting(Proposer proposer, long group) -> {
        if (local.groups().isDurable(group)) {
          lead(proposer);
          proposer.startFirst();
        }
      }
      case Role.Leading(Proposer proposer) -> proposer.decide();
      case Role.Following _, Role.Asking _ -> {}
    }
  }

  private void lead(Proposer proposer) {
    role = new Role.Leading(proposer);
    local.outbox().observe(new Observation.Elected(proposer.ballot()));
    local.outbox().observe(new Observation.LeaderChanged(local.self()));
  }

  /** Rule R6: whoever proposes on top of a log that others have decided differently must stop. */
  void abandonOwnTail() {
    if (role instanceof Role.Leading(Proposer proposer)) {
      stepDownByOneself(proposer, Observation.Reason.LOG_DIFFERS);
    } else if (role instanceof Role.Starting
        || (role instanceof Role.Campaigning(Candidacy candidacy) && candidacy.hasAdopted())) {
      follow(NOBODY, Observation.Reason.LOG_DIFFERS);
    }
  }

  /**
   * If the stop-sign of the configuration that the role belongs to is decided, ends that role. The
   * first leader of the next configuration leads as soon as that has begun on its own disk; what
   * waited at a leader waits on there, or is sent to the one who leads now.
   */
  void changeOver() {
    if (isCurrent()) {
      return;
    }
    Configuration next = local.configuration();
    boolean votes = local.membership().votes();
    configuration = next.number();
    local.outbox().observe(new Observation.ConfigurationChanged(next, votes));
    election.heardLeader(learner.lag());
    Proposer before = role.proposer();
    if (role instanceof Role.Leading(Proposer proposer)) {
      proposer.farewell(next);
    }
    if (votes && next.firstLeader() == local.self()) {
      Proposer first = new Proposer(local, acceptor, learner, acceptor.promised());
      if (before != null) {
        first.inherit(before);
      }
      follow(NOBODY, Observation.Reason.RECONFIGURED);
      role = new Role.Starting(first, local.groups().current());
    } else {
      boolean known = next.firstLeader() != local.self();
      follow(known ? next.firstLeader() : NOBODY, Observation.Reason.RECONFIGURED);
    }
  }
}
