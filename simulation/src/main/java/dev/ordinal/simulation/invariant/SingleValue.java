package dev.ordinal.simulation.invariant;

import dev.ordinal.consensus.core.Ballot;
import dev.ordinal.consensus.core.Message;
import dev.ordinal.consensus.entry.EntryHash;
import dev.ordinal.consensus.entry.LoggedEntry;
import java.util.Map;

/**
 * I3, first half: a ballot proposes at most one value for a slot; and what a lower ballot has
 * decided, a higher one proposes unchanged (the core of Paxos: "Paxos Made Simple", property P2b).
 */
final class SingleValue implements Invariant {
  private static final String NAME = "I3 one value per slot and ballot";

  private final Decisions decisions;
  private final Proposals proposals;
  private long checkedThrough;

  SingleValue(Decisions decisions, Proposals proposals) {
    this.decisions = decisions;
    this.proposals = proposals;
  }

  @Override
  public void onStep(Step step) {
    while (checkedThrough < decisions.through()) {
      checkedThrough++;
      LoggedEntry decided = decisions.at(checkedThrough);
      for (var higher : proposals.above(decisions.ballot(checkedThrough)).entrySet()) {
        requireEqual(higher.getKey(), higher.getValue(), decided);
      }
    }
  }

  private static void requireEqual(
      Ballot ballot, Map<Long, EntryHash> proposed, LoggedEntry decided) {
    EntryHash hash = proposed.get(decided.slot());
    if (hash != null && !hash.equals(decided.hash())) {
      throw new Violation(
          NAME,
          "ballot %s had proposed %s where now %s is decided below"
              .formatted(ballot, hash, decided));
    }
  }

  @Override
  public void onLeave(int member, Message message) {
    switch (message) {
      case Message.Sync sync -> sync.entries().forEach(entry -> propose(sync.ballot(), entry));
      case Message.Accept accept -> propose(accept.ballot(), accept.logged());
      case Message.Probe _,
          Message.ProbeReply _,
          Message.Prepare _,
          Message.Promise _,
          Message.Reject _,
          Message.Accepted _,
          Message.Commit _,
          Message.Heartbeat _,
          Message.HeartbeatReply _,
          Message.Want _,
          Message.CatchUp _,
          Message.Behind _,
          Message.Transfer _,
          Message.Resigned _ -> {}
    }
  }

  private void propose(Ballot ballot, LoggedEntry logged) {
    long slot = logged.slot();
    EntryHash before = proposals.hashThrough(ballot, slot);
    if (before != null && !before.equals(logged.hash())) {
      throw new Violation(
          NAME, "ballot %s proposes %s, before it was %s".formatted(ballot, logged, before));
    }
    boolean decidedBelow =
        slot <= decisions.through() && decisions.ballot(slot).compareTo(ballot) <= 0;
    if (decidedBelow && !decisions.at(slot).hash().equals(logged.hash())) {
      throw new Violation(
          NAME,
          "ballot %s proposes %s where %s is decided"
              .formatted(ballot, logged, decisions.at(slot)));
    }
    proposals.add(ballot, slot, logged.hash());
  }
}
