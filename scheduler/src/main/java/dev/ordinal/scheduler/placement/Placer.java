package dev.ordinal.scheduler.placement;

import dev.ordinal.scheduler.cluster.Check;
import dev.ordinal.scheduler.cluster.Node;
import dev.ordinal.scheduler.cluster.Placement;
import dev.ordinal.scheduler.cluster.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Applies a policy to a view. Not thread-safe.
 *
 * <p>Only the first alternative is the policy's choice. Schedulers that decide at the same time
 * mostly agree on it, and they would agree on its runners-up just as much: a store that refuses the
 * first would refuse them all. So the others are drawn at random, from nodes on which the task fits
 * now. Each but the last is the fullest of some, which keeps nodes well filled; the last is the
 * emptier of two, where there is room for more than one who comes there.
 */
public final class Placer {
  /** How many nodes are drawn for an alternative that should be full. */
  private static final int FULLEST_OF = 8;

  /** How many are drawn for one that should be empty; the more, the more schedulers agree again. */
  private static final int EMPTIEST_OF = 2;

  private final ClusterView view;
  private final Policy policy;
  private final RandomGenerator random;
  private final Best best = new Best();

  /** Always a permutation of all positions; a random walk shuffles the part that it visits. */
  private final int[] walk;

  /**
   * A placer that decides on {@code view}.
   *
   * @param random used by policies with chance, and for all alternatives but the first; equal seeds
   *     and equal calls decide alike
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
   * Finds places for a task, the policy's choice first, and claims nothing.
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
    List<Placement> alternatives = new ArrayList<>(alternativesMax);
    for (int rank = 0; rank < alternativesMax; rank++) {
      best.reset();
      if (rank == 0) {
        prefer(demand);
      } else {
        drawAnother(demand, rank == alternativesMax - 1, alternatives);
      }
      if (!best.isFound()) {
        break;
      }
      Node node = view.cluster().node(best.position());
      alternatives.add(new Placement(task, node, best.devices()));
    }
    if (alternatives.isEmpty()) {
      view.markUnplaceable(demand);
      return Optional.empty();
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

  private void prefer(Demand demand) {
    switch (policy) {
      case Policy.FirstFit() -> findFirst(demand);
      case Policy.BestFit() -> findFullest(demand);
      case Policy.FullestOf(int samples) -> draw(demand, samples, 1, List.of());
      case Policy.AnyFit() -> draw(demand, 1, 1, List.of());
    }
  }

  private void drawAnother(Demand demand, boolean last, List<Placement> before) {
    if (policy instanceof Policy.AnyFit) {
      draw(demand, 1, 1, before);
    } else if (last) {
      draw(demand, EMPTIEST_OF, -1, before);
    } else {
      draw(demand, FULLEST_OF, 1, before);
    }
  }

  private void findFirst(Demand demand) {
    for (int position = 0; position < walk.length && !best.isFound(); position++) {
      offer(position, demand, 1);
    }
  }

  private void findFullest(Demand demand) {
    for (int position = 0; position < walk.length; position++) {
      offer(position, demand, 1);
    }
  }

  /**
   * Offers random nodes on which the demand fits.
   *
   * @param samples how many; fewer only if it fits on fewer, which takes a full scan to find out
   * @param sign 1 to prefer the fullest, -1 to prefer the emptiest
   * @param except alternatives whose nodes are left out
   */
  private void draw(Demand demand, int samples, int sign, List<Placement> except) {
    int drawn = 0;
    for (int step = 0; step < walk.length && drawn < samples; step++) {
      int position = nextOfWalk(step);
      if (!isOnOneOf(except, position) && offer(position, demand, sign)) {
        drawn++;
      }
    }
  }

  private boolean offer(int position, Demand demand, int sign) {
    long devices = view.fit(position, demand);
    if (devices == ClusterView.NO_FIT) {
      return false;
    }
    best.offer(sign * view.residual(position, demand), position, devices);
    return true;
  }

  private static boolean isOnOneOf(List<Placement> placements, int position) {
    for (Placement placement : placements) {
      if (placement.node().position() == position) {
        return true;
      }
    }
    return false;
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
