package dev.ordinal.scheduler.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ordinal.scheduler.cluster.Cluster;
import dev.ordinal.scheduler.cluster.DeviceSet;
import dev.ordinal.scheduler.cluster.InvariantViolation;
import dev.ordinal.scheduler.cluster.Node;
import dev.ordinal.scheduler.cluster.NodeShape;
import dev.ordinal.scheduler.cluster.Placement;
import dev.ordinal.scheduler.cluster.Request;
import dev.ordinal.scheduler.cluster.Resource;
import dev.ordinal.scheduler.cluster.Task;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ClusterViewTest {
  private static final Node SMALL = new Node(0, "small", new NodeShape(4_000, 8, 0, ""));
  private static final Node DUAL = new Node(1, "dual", new NodeShape(8_000, 16, 2, "T4"));

  private final ClusterView view = new ClusterView(new Cluster(List.of(SMALL, DUAL)));

  @Test
  void aSharedTaskTakesTheTightestDeviceThatStillFits() {
    claim(share("first", 300));
    claim(share("second", 800));
    assertThat(choose(share("third", 200)).devices()).isEqualTo(DeviceSet.of(List.of(1)));
    assertThat(choose(share("fourth", 600)).devices()).isEqualTo(DeviceSet.of(List.of(0)));
  }

  @Test
  void aTaskThatWantsWholeDevicesTakesTheLowestFreeOnes() {
    claim(share("part", 1));
    assertThat(choose(whole("task", 1)).devices()).isEqualTo(DeviceSet.of(List.of(1)));
  }

  @Test
  void anObstacleSaysWhatIsWantedAndWhatIsFree() {
    claim(new Task("big", new Request(7_000, 1, 0, 0, List.of())));
    claim(share("part", 1));
    assertThat(view.obstacle(DUAL, new Request(2_000, 1, 0, 0, List.of())))
        .isEqualTo(new Obstacle.Cpu(2_000, 999));
    assertThat(view.obstacle(DUAL, new Request(999, 20, 0, 0, List.of())))
        .isEqualTo(new Obstacle.Memory(20, 14));
    assertThat(view.obstacle(DUAL, new Request(1, 1, 2, 1000, List.of())))
        .isEqualTo(new Obstacle.Gpu(2, 1000, 1_999));
    assertThat(view.obstacle(SMALL, new Request(9_000, 99, 1, 1, List.of("T4"))))
        .isEqualTo(new Obstacle.Spec(""));
    assertThat(view.obstacle(DUAL, new Request(1, 1, 1, 1, List.of())))
        .isEqualTo(new Obstacle.None());
  }

  @Test
  void anExplanationCountsEachNodeAtItsFirstFailingCheck() {
    Explanation explanation = view.explain(new Request(9_000, 99, 1, 1000, List.of("T4")));
    assertThat(explanation).isEqualTo(new Explanation(2, 1, 1, 0, 0, 0));
    assertThat(explanation).hasToString("2 nodes: 1 have another gpu model, 1 lack cpu");
  }

  @Test
  void aClaimThatDoesNotFitIsAnInvariantViolation() {
    Placement placement = choose(whole("task", 2));
    view.claim(placement);
    assertThatThrownBy(() -> view.claim(placement))
        .isInstanceOf(InvariantViolation.class)
        .hasMessageContaining("does not fit");
  }

  @Test
  void moreThanThereIsCannotBecomeFree() {
    assertThatThrownBy(() -> view.adjust(DUAL, new Resource.Gpu(1), 1))
        .isInstanceOf(InvariantViolation.class)
        .hasMessage("device 1 of node dual has 1001 thousandths free");
    assertThatThrownBy(() -> view.adjust(SMALL, new Resource.Cpu(), 1))
        .isInstanceOf(InvariantViolation.class)
        .hasMessageContaining("cpu 4001 of 4000");
  }

  @Test
  void nothingFitsWhereOthersTookMoreThanOwnPlansLeft() {
    claim(new Task("own", new Request(3_000, 1, 0, 0, List.of())));
    view.adjust(SMALL, new Resource.Cpu(), -2_000);
    assertThat(view.free(SMALL, new Resource.Cpu())).isEqualTo(-1_000);
    assertThat(choose(new Task("none", new Request(0, 0, 0, 0, List.of()))).node()).isEqualTo(DUAL);
  }

  @Test
  void whatBecomesFreeMakesAnUnplaceableTaskPlaceableAgain() {
    Placement all = choose(whole("all", 2));
    view.claim(all);
    Placer placer = placer();
    assertThat(placer.choose(whole("next", 1), 1)).isEmpty();
    assertThat(placer.choose(whole("next", 1), 1)).isEmpty();
    view.release(all);
    assertThat(placer.choose(whole("next", 1), 1)).isPresent();
  }

  private Placer placer() {
    return new Placer(view, new Policy.FirstFit(), new SplittableRandom(1));
  }

  private Placement choose(Task task) {
    return placer().choose(task, 1).orElseThrow().preferred();
  }

  private void claim(Task task) {
    Node node = task.name().equals("own") ? SMALL : DUAL;
    DeviceSet devices =
        placer().choose(task, 2).orElseThrow().alternatives().stream()
            .filter(placement -> placement.node().equals(node))
            .findFirst()
            .orElseThrow()
            .devices();
    view.claim(new Placement(task, node, devices));
  }

  private static Task share(String name, int gpuMilli) {
    return new Task(name, new Request(1, 1, 1, gpuMilli, List.of()));
  }

  private static Task whole(String name, int gpus) {
    return new Task(name, new Request(1, 1, gpus, 1000, List.of()));
  }
}
