package dev.ordinal.scheduler.placement;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Applies a policy to a view. Not thread-safe. */
public final class Placer {
  private final ClusterView view;
  private final Policy policy;
  private final RandomGenerator random;
  private final Ranking ranking = new Ranking();

  /** Always a permutation of all positions; a random walk shuffles the part that it visits. */
  private final int[] walk;

  /**
   * A placer that decides on {@code view}.
   *
   * @param random used by policies with chance only; equal seeds and equal calls decide alike
   */
  public Placer(ClusterView view, Policy policy, RandomGenerator random) {
    this.view = view;
    this.policy = policy;
    this.random = random;
    this.walk = new int[view.cluster().size()];
    for (int position = 0; position < walk.length; position++) {
      walk[position] = position;
    }
  }

  public ClusterView view() {
    return view;
  }

  /**
   * Finds the best places for a task and claims nothing.
   *
   * @param alternativesMax at least 1; there are fewer alternatives if it fits on fewer nodes
   * @return nothing if it fits nowhere; {@link ClusterView#explain} says why
   */
  public Optional<Choice> choose(Task task, int alternativesMax) {
    Check.range("alternativesMax", alternativesMax, 1, 1_000);
    Demand demand = view.demand(task.request());
    if (view.isKnownUnplaceable(demand)) {
      return Optional.empty();
    }
    ranking.reset(alternativesMax);
    switch (policy) {
      case Policy.FirstFit() -> rankFirst(demand, alternativesMax);
      case Policy.BestFit() -> rankAll(demand);
      case Policy.FullestOf(int samples) -> rankFullest(demand, Math.max(samples, alternativesMax));
      case Policy.AnyFit() -> rankAny(demand, alternativesMax);
    }
    if (ranking.size() == 0) {
      view.markUnplaceable(demand);
      return Optional.empty();
    }
    List<Placement> alternatives = new ArrayList<>(ranking.size());
    for (int rank = 0; rank < ranking.size(); rank++) {
      Node node = view.cluster().node(ranking.position(rank));
      alternatives.add(new Placement(task, node, ranking.devices(rank)));
    }
    return Optional.of(new Choice(task, alternatives));
  }

  /**
   * Chooses for all tasks or for none, each with the preferred places of those before it taken.
   * What was planned is claimed; a refusal leaves the view as it was.
   */
  public GangPlan chooseTogether(List<Task> tasks, int alternativesMax) {
    List<Choice> members = new ArrayList<>(tasks.size());
    for (Task task : tasks) {
      Optional<Choice> choice = choose(task, alternativesMax);
      if (choice.isEmpty()) {
        Explanation explanation = view.explain(task.request());
        members.reversed().forEach(member -> view.release(member.preferred()));
        return new GangPlan.Refused(members.size(), task, explanation);
      }
      view.claim(choice.get().preferred());
      members.add(choice.get());
    }
    return new GangPlan.Planned(members);
  }

  private void rankFirst(Demand demand, int count) {
    for (int position = 0; position < walk.length && ranking.size() < count; position++) {
      long devices = view.fit(position, demand);
      if (devices != ClusterView.NO_FIT) {
        ranking.offer(ranking.size(), position, devices);
      }
    }
  }

  private void rankAll(Demand demand) {
    for (int position = 0; position < walk.length; position++) {
      long devices = view.fit(position, demand);
      if (devices != ClusterView.NO_FIT) {
        ranking.offer(view.residual(position, demand), position, devices);
      }
    }
  }

  private void rankFullest(Demand demand, int samples) {
    int fitting = 0;
    for (int step = 0; step < walk.length && fitting < samples; step++) {
      int position = nextOfWalk(step);
      long devices = view.fit(position, demand);
      if (devices != ClusterView.NO_FIT) {
        fitting++;
        ranking.offer(view.residual(position, demand), position, devices);
      }
    }
  }

  private void rankAny(Demand demand, int count) {
    for (int step = 0; step < walk.length && ranking.size() < count; step++) {
      int position = nextOfWalk(step);
      long devices = view.fit(position, demand);
      if (devices != ClusterView.NO_FIT) {
        ranking.offer(step, position, devices);
      }
    }
  }

  /**
   * The position to visit at a step of a random walk that starts at step 0 and visits each node at
   * most once: one step of a Fisher-Yates shuffle, so that a walk to the end is a full scan.
   */
  private int nextOfWalk(int step) {
    int other = step + random.nextInt(walk.length - step);
    int position = walk[other];
    walk[other] = walk[step];
    walk[step] = position;
    return position;
  }
}
