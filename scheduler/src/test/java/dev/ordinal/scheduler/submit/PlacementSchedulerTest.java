package dev.ordinal.scheduler.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ordinal.client.NotCommittedException;
import dev.ordinal.client.OrderId;
import dev.ordinal.scheduler.placement.Audit;
import dev.ordinal.scheduler.placement.Cluster;
import dev.ordinal.scheduler.placement.Node;
import dev.ordinal.scheduler.placement.NodeShape;
import dev.ordinal.scheduler.placement.Placement;
import dev.ordinal.scheduler.placement.Policy;
import dev.ordinal.scheduler.placement.Request;
import dev.ordinal.scheduler.placement.Task;
import dev.ordinal.scheduler.workload.BuiltInWorkload;
import dev.ordinal.scheduler.workload.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Schedulers on a store in memory that judges as the real one does. */
class PlacementSchedulerTest {
  private static final SchedulerListener SILENT = new SchedulerListener() {};

  @ParameterizedTest
  @EnumSource(Detection.class)
  void oneSchedulerAlonePlacesWhatFirstFitPlacesAndNeverConflicts(Detection detection)
      throws Exception {
    Workload workload = BuiltInWorkload.load();
    MemoryClient client = new MemoryClient();
    var shape = new SchedulerSettings.Shape(detection, CommitMode.INCREMENTAL, 1, 1);
    SchedulerReport report = runAll(workload, client, new Policy.FirstFit(), shape, 1).getFirst();
    assertThat(report.placements()).hasSize(7_909);
    assertThat(report.unplaced()).hasSize(8_152 - 7_909);
    assertThat(report.conflicts()).isZero();
    assertThat(report.attempts()).isEqualTo(7_909);
    assertThat(report.unplaced())
        .allMatch(unplaced -> unplaced.explanation().fitting() == 0 && unplaced.attempts() == 0);
    verify(client, workload, List.of(report));
  }

  @ParameterizedTest
  @CsvSource({
    "RESOURCE, INCREMENTAL, 1, 1",
    "RESOURCE, INCREMENTAL, 10, 3",
    "RESOURCE, GANG, 10, 1",
    "NODE, INCREMENTAL, 10, 1",
    "NODE, GANG, 10, 1",
    "JOURNAL, INCREMENTAL, 10, 1",
    "JOURNAL, GANG, 10, 1",
  })
  void competingSchedulersPlaceEachTaskAtMostOnceAndOvercommitNothing(
      Detection detection, CommitMode commit, int batch, int alternatives) throws Exception {
    Workload workload = BuiltInWorkload.load().limitedTo(2_000);
    MemoryClient client = new MemoryClient();
    var shape = new SchedulerSettings.Shape(detection, commit, batch, alternatives);
    List<SchedulerReport> reports = runAll(workload, client, new Policy.FullestOf(8), shape, 4);
    assertThat(count(reports)).isEqualTo(2_000);
    verify(client, workload, reports);
  }

  @Test
  void aLostAnswerPlacesNothingTwiceAndLosesNothing() throws Exception {
    Workload workload = BuiltInWorkload.load().limitedTo(1_000);
    MemoryClient client = new MemoryClient();
    ClusterRegistration.register(client, workload.cluster());
    client.loseAnswers(7);
    var shape = new SchedulerSettings.Shape(Detection.RESOURCE, CommitMode.INCREMENTAL, 3, 2);
    List<SchedulerReport> reports = runAll(workload, client, new Policy.BestFit(), shape, 2);
    assertThat(count(reports)).isEqualTo(1_000);
    assertThat(reports.getFirst().transactions().unknown()).isPositive();
    verify(client, workload, reports);
  }

  @Test
  void aGangWithAMemberThatFitsNowhereIsTriedMemberByMember() throws Exception {
    Cluster cluster = new Cluster(List.of(new Node(0, "n", new NodeShape(10, 10, 0, ""))));
    List<Task> tasks = List.of(task("a", 4), task("big", 11), task("b", 4));
    var shape = new SchedulerSettings.Shape(Detection.RESOURCE, CommitMode.GANG, 3, 1);
    MemoryClient client = new MemoryClient();
    SchedulerReport report =
        runAll(new Workload(cluster, tasks), client, new Policy.FirstFit(), shape, 1).getFirst();
    assertThat(report.placements().stream().map(placement -> placement.task().name()))
        .containsExactly("a", "b");
    assertThat(report.unplaced().getFirst().task().name()).isEqualTo("big");
    assertThat(report.unplaced().getFirst().explanation()).hasToString("1 nodes: 1 lack cpu");
    assertThat(client.commits()).isEqualTo(3);
  }

  @Test
  void aTaskIsGivenUpAfterItsAttempts() throws Exception {
    Cluster cluster = new Cluster(List.of(new Node(0, "n", new NodeShape(10, 10, 0, ""))));
    MemoryClient client = new MemoryClient();
    OrderId registeredAt = ClusterRegistration.register(client, cluster);
    client.acceptNothing();
    SchedulerSettings settings =
        new SchedulerSettings(
            "s", new Policy.FirstFit(), SchedulerSettings.Shape.single(), 5, 1, 0);
    SchedulerReport report =
        new PlacementScheduler(settings, cluster, List.of(task("a", 1)), client, SILENT)
            .run(registeredAt);
    assertThat(report.unplaced().getFirst().attempts()).isEqualTo(5);
    assertThat(report.unplaced().getFirst().explanation().fitting()).isEqualTo(1);
    assertThat(report.transactions().notAccepted()).isEqualTo(5);
  }

  @Test
  void aClusterIsRegisteredOnce() {
    Cluster cluster = BuiltInWorkload.load().cluster();
    MemoryClient client = new MemoryClient();
    assertThat(ClusterRegistration.register(client, cluster)).isEqualTo(OrderId.of(16));
    assertThatThrownBy(() -> ClusterRegistration.register(client, cluster))
        .isInstanceOf(NotCommittedException.class);
  }

  @Test
  void aStoreWithoutTheClusterIsRefusedWithWhatIsMissing() {
    Cluster cluster = new Cluster(List.of(new Node(0, "n", new NodeShape(10, 10, 0, ""))));
    SchedulerSettings settings =
        SchedulerSettings.of("s", new Policy.FirstFit(), SchedulerSettings.Shape.single(), 0);
    PlacementScheduler scheduler =
        new PlacementScheduler(settings, cluster, List.of(), new MemoryClient(), SILENT);
    assertThatThrownBy(() -> scheduler.run(OrderId.NONE))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("the store has no counter node/n/");
  }

  private static List<SchedulerReport> runAll(
      Workload workload,
      MemoryClient client,
      Policy policy,
      SchedulerSettings.Shape shape,
      int schedulers)
      throws Exception {
    OrderId registeredAt = client.view().order();
    if (registeredAt.equals(OrderId.NONE)) {
      registeredAt = ClusterRegistration.register(client, workload.cluster());
    }
    OrderId from = registeredAt;
    List<Future<SchedulerReport>> running = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int index = 0; index < schedulers; index++) {
        SchedulerSettings settings = SchedulerSettings.of("s" + index, policy, shape, index);
        List<Task> share = PlacementScheduler.share(workload.tasks(), index, schedulers);
        PlacementScheduler scheduler =
            new PlacementScheduler(settings, workload.cluster(), share, client, SILENT);
        running.add(threads.submit(() -> scheduler.run(from)));
      }
    }
    List<SchedulerReport> reports = new ArrayList<>();
    for (Future<SchedulerReport> report : running) {
      reports.add(report.get());
    }
    return reports;
  }

  private static int count(List<SchedulerReport> reports) {
    return reports.stream()
        .mapToInt(report -> report.placements().size() + report.unplaced().size())
        .sum();
  }

  /** What the schedulers say is what the store holds, and nothing is overcommitted. */
  private static void verify(
      MemoryClient client, Workload workload, List<SchedulerReport> reports) {
    List<Placement> placements =
        reports.stream().flatMap(report -> report.placements().stream()).toList();
    MemoryClient.View view = client.view();
    StoredPlacements stored = StoredPlacements.read(view, workload.cluster(), workload.tasks());
    assertThat(stored.placements()).containsExactlyInAnyOrderElementsOf(placements);
    assertThat(stored.discrepancies()).isEmpty();
    assertThat(Audit.violations(placements)).isEmpty();
  }

  private static Task task(String name, long cpuMilli) {
    return new Task(name, new Request(cpuMilli, 1, 0, 0, List.of()));
  }
}
