package dev.ordinal.scheduler.workload;

import dev.ordinal.scheduler.cluster.Placement;
import dev.ordinal.scheduler.cluster.Task;
import dev.ordinal.scheduler.placement.Choice;
import dev.ordinal.scheduler.placement.ClusterView;
import dev.ordinal.scheduler.placement.Placer;
import dev.ordinal.scheduler.placement.Policy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Schedulers that place the tasks of one workload in rounds. In a round each of them makes several
 * plans on the state at the round's start less its own plans; then the plans are judged one by one
 * as the store does with detection by resource, the first alternative that fits. So every decision
 * is as stale as all plans of a round, and a run depends on nothing but its arguments.
 */
final class Competition {
  private final ClusterView state;
  private final int alternativesMax;
  private final List<Contender> contenders = new ArrayList<>();
  private final List<Placement> placements = new ArrayList<>();
  private int unplaced;
  private int conflicts;

  /** Who competes. */
  record Field(int schedulers, int plansInRound) {}

  /**
   * What came of it.
   *
   * @param conflicts plans of which no alternative fitted any more
   */
  record Result(List<Placement> placements, int unplaced, int conflicts) {}

  private record Contender(Placer placer, Deque<Task> open) {}

  private Competition(Workload workload, Policy policy, int alternatives, int schedulers) {
    this.state = new ClusterView(workload.cluster());
    this.alternativesMax = alternatives;
    for (int index = 0; index < schedulers; index++) {
      Placer placer = new Placer(state, policy, new SplittableRandom(index + 1));
      contenders.add(new Contender(placer, new ArrayDeque<>()));
    }
    int next = 0;
    for (Task task : workload.tasks()) {
      contenders.get(next++ % schedulers).open().add(task);
    }
  }

  static Result run(Workload workload, Policy policy, int alternatives, Field field) {
    Competition competition = new Competition(workload, policy, alternatives, field.schedulers());
    while (competition.contenders.stream().anyMatch(one -> !one.open().isEmpty())) {
      competition.judge(competition.plan(field.plansInRound()));
    }
    return new Result(competition.placements, competition.unplaced, competition.conflicts);
  }

  /** The plans of each scheduler. */
  private List<Deque<Choice>> plan(int plansMax) {
    List<Deque<Choice>> round = new ArrayList<>();
    for (Contender contender : contenders) {
      Deque<Choice> plans = new ArrayDeque<>();
      while (plans.size() < plansMax && !contender.open().isEmpty()) {
        Optional<Choice> choice =
            contender.placer().choose(contender.open().peek(), alternativesMax);
        if (choice.isPresent()) {
          state.claim(choice.get().preferred());
          plans.add(choice.get());
        } else if (!plans.isEmpty()) {
          // Perhaps it fits once it is known what became of the plans.
          break;
        } else {
          unplaced++;
        }
        contender.open().remove();
      }
      plans.forEach(plan -> state.release(plan.preferred()));
      round.add(plans);
    }
    return round;
  }

  /** The first plan of each scheduler, then the second of each, and so on. */
  private void judge(List<Deque<Choice>> round) {
    while (round.stream().anyMatch(plans -> !plans.isEmpty())) {
      for (int index = 0; index < round.size(); index++) {
        Choice plan = round.get(index).poll();
        if (plan != null && !commit(plan)) {
          conflicts++;
          contenders.get(index).open().addFirst(plan.task());
        }
      }
    }
  }

  private boolean commit(Choice plan) {
    Optional<Placement> accepted = plan.alternatives().stream().filter(state::fits).findFirst();
    accepted.ifPresent(placement -> {
      state.claim(placement);
      placements.add(placement);
    });
    return accepted.isPresent();
  }
}
