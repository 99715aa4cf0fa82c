package dev.ordinal.scheduler.placement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ordinal.scheduler.cluster.Audit;
import dev.ordinal.scheduler.cluster.Cluster;
import dev.ordinal.scheduler.cluster.Node;
import dev.ordinal.scheduler.cluster.NodeShape;
import dev.ordinal.scheduler.cluster.Placement;
import dev.ordinal.scheduler.cluster.Request;
import dev.ordinal.scheduler.cluster.Resource;
import dev.ordinal.scheduler.cluster.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Random clusters and tasks; a failure names the seed. */
class PlacementPropertyTest {
  private static final int SEEDS = 300;
  private static final List<Policy> POLICIES =
      List.of(
          new Policy.FirstFit(),
          new Policy.BestFit(),
          new Policy.FullestOf(8),
          new Policy.AnyFit());

  @Test
  void noNodeIsEverOvercommitted() {
    forEachSeedAndPolicy((scene, description) -> {
      List<Placement> placed = new ArrayList<>();
      for (Task task : scene.tasks) {
        scene.placer.choose(task, 1).map(Choice::preferred).ifPresent(placed::add);
        scene.claimLast(placed, task);
        scene.releaseSometimes(placed);
      }
      assertThat(Audit.violations(placed)).as(description).isEmpty();
    });
  }

  @Test
  void aTaskIsPlacedIfAndOnlyIfSomeNodeFits() {
    forEachSeedAndPolicy((scene, description) -> {
      List<Placement> placed = new ArrayList<>();
      for (Task task : scene.tasks) {
        Explanation explanation = scene.view.explain(task.request());
        Optional<Choice> choice = scene.placer.choose(task, 1);
        assertThat(choice.isPresent()).as(description).isEqualTo(explanation.fitting() > 0);
        choice.map(Choice::preferred).ifPresent(placed::add);
        scene.claimLast(placed, task);
        scene.releaseSometimes(placed);
      }
    });
  }

  @Test
  void alternativesAreDistinctAndEachFits() {
    forEachSeedAndPolicy((scene, description) -> {
      for (Task task : scene.tasks) {
        int fitting = scene.view.explain(task.request()).fitting();
        Optional<Choice> choice = scene.placer.choose(task, 3);
        List<Placement> alternatives = choice.map(Choice::alternatives).orElse(List.of());
        assertThat(alternatives).as(description).hasSize(Math.min(3, fitting));
        assertThat(alternatives).as(description).allMatch(scene.view::fits);
        assertThat(alternatives.stream().map(Placement::node).distinct())
            .as(description)
            .hasSameSizeAs(alternatives);
        choice.map(Choice::preferred).ifPresent(scene.view::claim);
      }
    });
  }

  @Test
  void theFirstAlternativeIsWhatWouldBeChosenAlone() {
    forEachSeed(seed -> {
      for (Policy policy : List.of(new Policy.FirstFit(), new Policy.BestFit())) {
        Scene scene = new Scene(seed, policy);
        for (Task task : scene.tasks) {
          Optional<Placement> alone = scene.placer.choose(task, 1).map(Choice::preferred);
          Optional<Placement> first = scene.placer.choose(task, 4).map(Choice::preferred);
          assertThat(first).as("seed %d, %s", seed, policy).isEqualTo(alone);
          alone.ifPresent(scene.view::claim);
        }
      }
    });
  }

  /** On many equal nodes, where nothing but chance can tell schedulers' lists apart. */
  @Test
  void schedulersThatDecideAtTheSameTimeAgreeOnTheFirstAlternativeOnly() {
    List<Node> nodes = new ArrayList<>();
    for (int position = 0; position < 200; position++) {
      nodes.add(new Node(position, "n" + position, new NodeShape(8, 8, 0, "")));
    }
    ClusterView view = new ClusterView(new Cluster(nodes));
    Task task = new Task("t", new Request(1, 1, 0, 0, List.of()));
    for (Policy policy : List.of(new Policy.FirstFit(), new Policy.BestFit())) {
      List<Node> first = new ArrayList<>();
      List<Node> others = new ArrayList<>();
      for (long seed = 1; seed <= 20; seed++) {
        Placer placer = new Placer(view, policy, new SplittableRandom(seed));
        List<Placement> places = placer.choose(task, 3).orElseThrow().alternatives();
        first.add(places.getFirst().node());
        places.stream().skip(1).map(Placement::node).forEach(others::add);
      }
      assertThat(first).as("%s", policy).containsOnly(nodes.getFirst());
      assertThat(others.stream().distinct().count()).as("%s", policy).isGreaterThan(20);
    }
  }

  @Test
  void aRefusedGangLeavesTheViewAsItWas() {
    forEachSeedAndPolicy((scene, description) -> {
      for (int from = 0; from < scene.tasks.size(); from += 5) {
        List<Task> gang = scene.tasks.subList(from, Math.min(from + 5, scene.tasks.size()));
        List<Long> before = scene.free();
        switch (scene.placer.chooseTogether(gang, 2)) {
          case GangPlan.Planned(List<Choice> members) ->
              assertThat(members).as(description).hasSameSizeAs(gang);
          case GangPlan.Refused(int member, Task task, Explanation explanation) -> {
            assertThat(scene.free()).as(description).isEqualTo(before);
            assertThat(task).as(description).isEqualTo(gang.get(member));
            assertThat(explanation.fitting()).as(description).isZero();
          }
        }
      }
    });
  }

  @Test
  void equalSeedsDecideAlike() {
    forEachSeed(seed -> {
      for (Policy policy : POLICIES) {
        Scene one = new Scene(seed, policy);
        Scene other = new Scene(seed, policy);
        for (Task task : one.tasks) {
          assertThat(other.placer.choose(task, 2))
              .as("seed %d, %s", seed, policy)
              .isEqualTo(one.placer.choose(task, 2));
        }
      }
    });
  }

  private interface SceneCheck {
    void check(Scene scene, String description);
  }

  private interface SeedCheck {
    void check(long seed);
  }

  private static void forEachSeed(SeedCheck check) {
    for (long seed = 1; seed <= SEEDS; seed++) {
      check.check(seed);
    }
  }

  private static void forEachSeedAndPolicy(SceneCheck check) {
    forEachSeed(seed -> {
      for (Policy policy : POLICIES) {
        check.check(new Scene(seed, policy), "seed %d, %s".formatted(seed, policy));
      }
    });
  }

  /** A small cluster, tasks that do not all fit into it, and a placer. */
  private static final class Scene {
    private static final List<String> MODELS = List.of("", "T4", "V100");

    private final SplittableRandom random;
    private final List<Task> tasks = new ArrayList<>();
    private final ClusterView view;
    private final Placer placer;

    Scene(long seed, Policy policy) {
      this.random = new SplittableRandom(seed);
      List<Node> nodes = new ArrayList<>();
      int nodeCount = 1 + random.nextInt(20);
      for (int position = 0; position < nodeCount; position++) {
        nodes.add(new Node(position, "n" + position, shape()));
      }
      int taskCount = random.nextInt(80);
      for (int number = 0; number < taskCount; number++) {
        tasks.add(new Task("t" + number, request()));
      }
      this.view = new ClusterView(new Cluster(nodes));
      this.placer = new Placer(view, policy, new SplittableRandom(seed));
    }

    private NodeShape shape() {
      int gpus = random.nextInt(4);
      String model = gpus == 0 ? "" : MODELS.get(1 + random.nextInt(2));
      return new NodeShape(random.nextInt(9), random.nextInt(9), gpus, model);
    }

    private Request request() {
      int gpus = random.nextInt(3);
      int gpuMilli = gpus == 0 ? 0 : gpus == 1 ? 250 * (1 + random.nextInt(4)) : 1000;
      String model = MODELS.get(random.nextInt(MODELS.size()));
      List<String> models = model.isEmpty() ? List.of() : List.of(model);
      return new Request(random.nextInt(4), random.nextInt(4), gpus, gpuMilli, models);
    }

    void claimLast(List<Placement> placed, Task task) {
      if (!placed.isEmpty() && placed.getLast().task().equals(task)) {
        view.claim(placed.getLast());
      }
    }

    void releaseSometimes(List<Placement> placed) {
      if (!placed.isEmpty() && random.nextInt(5) == 0) {
        view.release(placed.remove(random.nextInt(placed.size())));
      }
    }

    List<Long> free() {
      List<Long> free = new ArrayList<>();
      for (Node node : view.cluster().nodes()) {
        free.add(view.free(node, new Resource.Cpu()));
        free.add(view.free(node, new Resource.Memory()));
        for (int index = 0; index < node.shape().gpus(); index++) {
          free.add(view.free(node, new Resource.Gpu(index)));
        }
      }
      return free;
    }
  }
}
