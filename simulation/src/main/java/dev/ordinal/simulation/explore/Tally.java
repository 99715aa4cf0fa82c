package dev.ordinal.simulation.explore;

import dev.ordinal.consensus.core.ReplicaView;
import java.util.EnumMap;
import java.util.Map;

/** What an exploration came across. */
final class Tally {
  private final Map<Mark, Long> marks = new EnumMap<>(Mark.class);
  private long moves;

  void moved() {
    moves++;
  }

  long moves() {
    return moves;
  }

  Map<Mark, Long> marks() {
    return marks;
  }

  /** A new state of {@code scope} was reached. */
  void reached(Scope scope, GroupState state, Members members) {
    int leaders = 0;
    long newest = 1;
    for (int index = 0; index < state.size(); index++) {
      ReplicaView view = members.at(state.member(index)).view();
      newest = Math.max(newest, view.configuration().number());
      leaders += view.role() == ReplicaView.Role.LEADER ? 1 : 0;
    }
    count(Mark.A_LEADER, leaders > 0);
    count(Mark.TWO_LEADERS, leaders > 1);
    count(Mark.SOMETHING_DECIDED, state.chain() > 0);
    count(Mark.ALL_COMMANDS_HANDED_IN, state.commands() == scope.commands());
    count(Mark.A_CRASH, state.crashes() > 0);
    count(Mark.A_NEW_CONFIGURATION, newest > 1);
  }

  private void count(Mark mark, boolean seen) {
    if (seen) {
      marks.merge(mark, 1L, Long::sum);
    }
  }
}
