package dev.ordinal.consensus.core;

import dev.ordinal.consensus.entry.LoggedEntry;
import dev.ordinal.consensus.quorum.Configuration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Phase 1 of one ballot (rule R2): collect promises from an electing quorum, learn everything that
 * any of them knows to be decided, adopt the tail of the greatest (accepted, length), make it
 * durable. Whatever any lower ballot may have decided is then in this replica's log (I7).
 */
final class Candidacy {
  private static final long NOT_ADOPTED = 0;

  private final Local local;
  private final Acceptor acceptor;
  private final Learner learner;
  private final Configuration configuration;
  private final Ballot ballot;
  private final Map<Integer, Message.Promise> promises = new TreeMap<>();
  private long adoptedGroup = NOT_ADOPTED;
  private long askedTick;

  Candidacy(Local local, Acceptor acceptor, Learner learner, Ballot ballot) {
    this.local = local;
    this.acceptor = acceptor;
    this.learner = learner;
    this.configuration = local.configuration();
    this.ballot = ballot;
  }

  Ballot ballot() {
    return ballot;
  }

  /** What the other members promised. */
  Map<Integer, Message.Promise> promises() {
    return promises;
  }

  /** The own promise is durable before the first Prepare leaves (rule R1). */
  void start() {
    acceptor.promise(ballot);
    askOthers();
  }

  /** Messages get lost: ask again those who have not answered. */
  void onTick() {
    if (local.ticks().now() - askedTick >= local.timing().retryTicks()) {
      askOthers();
      advance();
    }
  }

  void onPromise(int from, Message.Promise promise) {
    if (promise.ballot().equals(ballot) && !hasAdopted()) {
      promises.put(from, promise);
      advance();
    }
  }

  /** Goes on if it can: after a promise, a write or news of decided entries. */
  void advance() {
    if (hasAdopted() || !hasQuorum()) {
      return;
    }
    int best = local.self();
    long decidedMax = learner.decided();
    for (Map.Entry<Integer, Message.Promise> entry : promises.entrySet()) {
      if (entry.getValue().decided() > decidedMax) {
        best = entry.getKey();
        decidedMax = entry.getValue().decided();
      }
    }
    if (best != local.self()) {
      learner.want(best);
    } else {
      adopt();
    }
  }

  /** The adopted tail is durable: phase 1 is over. */
  boolean isElected() {
    return hasAdopted() && local.groups().isDurable(adoptedGroup);
  }

  boolean hasAdopted() {
    return adoptedGroup != NOT_ADOPTED;
  }

  private boolean hasQuorum() {
    TreeSet<Integer> members = new TreeSet<>(promises.keySet());
    if (acceptor.durable().promised().equals(ballot)) {
      members.add(local.self());
    }
    return configuration.quorums().elects(members);
  }

  private void adopt() {
    Ballot accepted = acceptor.accepted();
    long length = acceptor.log().length();
    List<LoggedEntry> tail = acceptor.log().entries(learner.decided() + 1, length);
    for (Message.Promise promise : promises.values()) {
      int higher = promise.accepted().compareTo(accepted);
      if (higher > 0 || (higher == 0 && promise.length() > length)) {
        accepted = promise.accepted();
        length = promise.length();
        tail = promise.tail();
      }
    }
    acceptor.replaceTail(ballot, learner.decided(), Math.max(length, learner.decided()), tail);
    adoptedGroup = local.groups().current();
  }

  private void askOthers() {
    askedTick = local.ticks().now();
    Message prepare = new Message.Prepare(ballot, learner.decided());
    for (int member : local.others()) {
      if (!promises.containsKey(member)) {
        local.outbox().sendAfter(local.groups().current(), member, prepare);
      }
    }
  }
}
