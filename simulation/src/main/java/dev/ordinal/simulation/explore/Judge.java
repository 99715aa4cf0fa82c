package dev.ordinal.simulation.explore;

import dev.ordinal.consensus.core.ReplicaView;
import dev.ordinal.consensus.core.Stretch;
import dev.ordinal.consensus.entry.EntryHash;
import dev.ordinal.consensus.quorum.Configuration;
import dev.ordinal.simulation.invariant.Violation;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What must hold in every state of a group. The core's own checks come on top: they end a step with
 * an exception.
 */
final class Judge {
  private final Configuration first;
  private final Members members;
  private final Proposals proposals;
  private final Chains chains;

  Judge(Scope scope, Members members, Proposals proposals, Chains chains) {
    this.first = scope.first();
    this.members = members;
    this.proposals = proposals;
    this.chains = chains;
  }

  /**
   * {@code reached}, with what is decided in it, where one member went from {@code before} to
   * {@code after} and sent {@code messages}; throws {@link Violation}.
   */
  GroupState judge(
      GroupState reached, MemberState before, MemberState after, List<Integer> messages) {
    requirePromiseKept(before.platter(), after.platter());
    messages.forEach(message -> requireSingleValue(reached, message));
    GroupState judged = reached.withChain(chains.number(agreed(reached.chain(), after)));
    List<EntryHash> chain = chains.at(judged.chain());
    requireHeldByQuorum(judged, chain);
    requirePrefix(after, chain);
    if (before.view().role() != ReplicaView.Role.LEADER) {
      requireComplete(judged, after, chain);
    }
    return judged;
  }

  private static void requirePromiseKept(Platter before, Platter after) {
    if (after.promised().compareTo(before.promised()) < 0) {
      throw new Violation(
          "I5 promises are kept", "%s after %s".formatted(after.promised(), before.promised()));
    }
  }

  private void requireSingleValue(GroupState state, int message) {
    for (int other : proposals.contradicting(message)) {
      require(!state.isUnderWay(other), message);
    }
    for (Proposals.Proposal proposal : proposals.of(message)) {
      for (int index = 0; index < state.size(); index++) {
        Platter platter = members.at(state.member(index)).platter();
        long slot = proposal.place().slot();
        boolean other =
            platter.accepted().equals(proposal.place().ballot())
                && platter.reaches(slot)
                && !platter.holds(slot, proposal.hash());
        require(!other, message);
      }
    }
  }

  private static void require(boolean singleValue, int message) {
    if (!singleValue) {
      throw new Violation(
          "I3 one value per slot and ballot", "message %d proposes a second".formatted(message));
    }
  }

  /** I1: what one member decided, nobody ever decided otherwise. The longest that is known. */
  private List<EntryHash> agreed(int seen, MemberState member) {
    List<EntryHash> chain = chains.at(seen);
    List<EntryHash> own = member.decided();
    int common = Math.min(chain.size(), own.size());
    if (!chain.subList(0, common).equals(own.subList(0, common))) {
      throw new Violation(
          "I1 one value per decided slot",
          "member %d decided %s, others %s".formatted(member.self(), own, chain));
    }
    return own.size() > chain.size() ? own : chain;
  }

  /**
   * I6, and for ever after: what is decided is on the disks of a majority of those who voted then.
   * Counted here: the quorums of the core are under test.
   */
  private void requireHeldByQuorum(GroupState state, List<EntryHash> chain) {
    Stretch newest = newest(state);
    for (int slot = 1; slot <= chain.size(); slot++) {
      Configuration voting = slot > newest.since() ? newest.configuration() : first;
      Set<Integer> holders = holders(state, voting, slot, chain.get(slot - 1));
      if (2 * holders.size() <= voting.voters().size()) {
        throw new Violation(
            "I6 what is decided is on the disks of a quorum",
            "slot %d is on those of %s".formatted(slot, holders));
      }
    }
  }

  private Set<Integer> holders(GroupState state, Configuration voting, int slot, EntryHash hash) {
    Set<Integer> holders = new TreeSet<>();
    for (int index = 0; index < state.size(); index++) {
      MemberState member = members.at(state.member(index));
      if (voting.isVoter(member.self()) && member.platter().holds(slot, hash)) {
        holders.add(member.self());
      }
    }
    return holders;
  }

  private Stretch newest(GroupState state) {
    Stretch newest = Stretch.first(first);
    for (int index = 0; index < state.size(); index++) {
      Stretch known = members.at(state.member(index)).platter().stretch();
      newest = known.isAfter(newest) ? known : newest;
    }
    return newest;
  }

  /** I9: whoever votes in a configuration has everything that was decided before it. */
  private static void requirePrefix(MemberState member, List<EntryHash> chain) {
    long since = member.platter().stretch().since();
    for (int slot = 1; slot <= since; slot++) {
      if (slot > chain.size() || !member.platter().holds(slot, chain.get(slot - 1))) {
        throw new Violation(
            "I9 a configuration begins with all that was decided before",
            "member %d lacks slot %d of %d".formatted(member.self(), slot, since));
      }
    }
  }

  /** I7: whoever is elected has everything that was decided below its ballot. */
  private void requireComplete(GroupState state, MemberState member, List<EntryHash> chain) {
    if (member.view().role() != ReplicaView.Role.LEADER || isSuperseded(state, member)) {
      return;
    }
    for (int slot = 1; slot <= chain.size(); slot++) {
      if (!member.platter().holds(slot, chain.get(slot - 1))) {
        throw new Violation(
            "I7 a leader has everything decided below its ballot",
            "member %d lacks slot %d".formatted(member.self(), slot));
      }
    }
  }

  /** Whether something may have been decided above the ballot of this leader. */
  private boolean isSuperseded(GroupState state, MemberState leader) {
    for (int index = 0; index < state.size(); index++) {
      Platter platter = members.at(state.member(index)).platter();
      if (platter.accepted().compareTo(leader.view().accepted()) > 0) {
        return true;
      }
    }
    return false;
  }
}
