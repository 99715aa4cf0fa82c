package dev.ordinal.scheduler.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ordinal.scheduler.cluster.Audit.Violation;
import java.util.List;
import org.junit.jupiter.api.Test;

class AuditTest {
  private static final Node NODE = new Node(0, "n", new NodeShape(10, 10, 2, "T4"));

  @Test
  void acceptsWhatJustFits() {
    assertThat(Audit.violations(List.of(placed("a", 5, 1000, 0), placed("b", 5, 1000, 1))))
        .isEmpty();
  }

  @Test
  void findsEachKindOfOvercommitment() {
    assertThat(Audit.violations(List.of(placed("a", 6, 600, 1), placed("b", 6, 500, 1))))
        .containsExactly(
            new Violation.Overcommitted(NODE, new Resource.Cpu(), 12, 10),
            new Violation.Overcommitted(NODE, new Resource.Memory(), 12, 10),
            new Violation.Overcommitted(NODE, new Resource.Gpu(1), 1100, 1000));
  }

  @Test
  void findsATaskThatIsPlacedTwice() {
    Placement placement = placed("a", 1, 100, 0);
    assertThat(Audit.violations(List.of(placement, placement)))
        .containsExactly(new Violation.PlacedTwice(placement.task(), 2));
  }

  @Test
  void findsAWrongModel() {
    Task picky = new Task("picky", new Request(1, 1, 0, 0, List.of("V100")));
    Placement placement = new Placement(picky, NODE, DeviceSet.EMPTY);
    assertThat(Audit.violations(List.of(placement)))
        .containsExactly(new Violation.WrongModel(placement));
  }

  private static Placement placed(String name, long amount, int gpuMilli, int device) {
    Task task = new Task(name, new Request(amount, amount, 1, gpuMilli, List.of()));
    return new Placement(task, NODE, DeviceSet.of(List.of(device)));
  }
}
