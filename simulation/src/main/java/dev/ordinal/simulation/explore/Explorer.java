package dev.ordinal.simulation.explore;

import com.carrotsearch.hppc.LongHashSet;
import dev.ordinal.consensus.core.ReplicaView;
import java.util.ArrayDeque;
import java.util.List;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Visits the states of a group breadth first, each once, until there are no more or enough of them:
 * explicit-state model checking (Holzmann, "The Model Checker SPIN", 1997, §3), of the code itself.
 */
public final class Explorer {
  private final Scope scope;
  private final int statesMax;
  private final IntConsumer progress;
  private final Envelopes envelopes = new Envelopes();
  private final Members members;
  private final Judge judge;
  private final LongHashSet visited = new LongHashSet();
  private final ArrayDeque<GroupState> open = new ArrayDeque<>();
  private final Paths paths = new Paths();
  private final Tally tally = new Tally();

  /** The number of the state that is being left. */
  private int leaving;

  private Explorer(Scope scope, int statesMax, IntConsumer progress) {
    this.scope = scope;
    this.statesMax = statesMax;
    this.progress = progress;
    this.members = new Members(scope, envelopes);
    this.judge = new Judge(scope, members, new Proposals(envelopes), new Chains());
  }

  /**
   * Explores {@code scope} until every state was visited, {@code statesMax} states are known or one
   * of them is wrong. {@code progress} is told how many are known, each time.
   */
  public static Exploration explore(Scope scope, int statesMax, IntConsumer progress) {
    return new Explorer(scope, statesMax, progress).run();
  }

  private Exploration run() {
    int[] starting = new int[scope.members()];
    for (int index = 0; index < starting.length; index++) {
      Life life = new Life(List.of(), scope.campaigns().get(index), Math.max(0, scope.beats() - 1));
      starting[index] = members.start(index + 1, life).number();
    }
    GroupState first = new GroupState(starting);
    visited.add(first.fingerprint());
    open.add(first);
    @Nullable Counterexample wrong = null;
    while (wrong == null && !open.isEmpty() && visited.size() < statesMax) {
      wrong = leave(open.remove());
      leaving++;
    }
    return new Exploration(
        scope,
        new Exploration.Sizes(
            visited.size(), tally.moves(), members.count(), members.steps(), envelopes.count()),
        paths.depth(leaving - 1),
        open.isEmpty() && wrong == null,
        tally.marks(),
        wrong);
  }

  private @Nullable Counterexample leave(GroupState state) {
    try {
      for (int message = state.nextUnderWay(0);
          message >= 0;
          message = state.nextUnderWay(message + 1)) {
        deliver(state, message);
      }
      for (int index = 0; index < state.size(); index++) {
        MemberState member = members.at(state.member(index));
        for (Move move : member.moves()) {
          move(state, index, move, false);
        }
        if (member.view().role() == ReplicaView.Role.LEADER) {
          ask(state, index);
        }
        for (int kept = 0; kept <= member.view().openGroups() && mayCrash(state); kept++) {
          move(state, index, new Move.Crash(kept), false);
        }
      }
      return null;
    } catch (Wrong e) {
      return new Counterexample(String.valueOf(e.getMessage()), paths.to(leaving, envelopes, e));
    }
  }

  private void ask(GroupState state, int leader) {
    if (state.commands() < scope.commands()) {
      move(state, leader, new Move.Propose(state.commands()), false);
    }
    if (scope.changes() && state.changes() == 0) {
      move(state, leader, new Move.Reconfigure(), false);
    }
  }

  private void deliver(GroupState state, int message) {
    int receiver = envelopes.at(message).to() - 1;
    move(state, receiver, new Move.Deliver(message), false);
    if (state.repeats() < scope.faults().repeats()) {
      move(state, receiver, new Move.Deliver(message), true);
    }
  }

  private boolean mayCrash(GroupState state) {
    return state.crashes() < scope.faults().crashes();
  }

  private void move(GroupState state, int index, Move move, boolean again) {
    tally.moved();
    MemberState before = members.at(state.member(index));
    GroupState reached;
    try {
      Members.Outcome outcome = members.step(before, move);
      MemberState after = outcome.next();
      if (after == before && state.areUnderWay(outcome.sent())) {
        return;
      }
      reached = state.after(index, move, again, outcome).tidied(members, envelopes);
      reached = judge.judge(reached, before, after, outcome.sent());
    } catch (RuntimeException e) {
      throw new Wrong(index + 1, move, e);
    }
    if (visited.add(reached.fingerprint())) {
      open.add(reached);
      paths.add(leaving, index + 1, move);
      tally.reached(scope, reached, members);
      progress.accept(visited.size());
    }
  }

  /** The move that led to something that must not be. */
  static final class Wrong extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int member;
    private final transient Move move;

    Wrong(int member, Move move, RuntimeException cause) {
      super(cause.getMessage(), cause);
      this.member = member;
      this.move = move;
    }

    int member() {
      return member;
    }

    Move move() {
      return move;
    }
  }
}
