package dev.ordinal.scheduler.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ordinal.client.NotCommittedException;
import dev.ordinal.client.OrderId;
import dev.ordinal.client.OrdinalClient;
import dev.ordinal.client.Outcome;
import dev.ordinal.client.Refusal;
import dev.ordinal.client.Transaction;
import dev.ordinal.client.Value;
import dev.ordinal.scheduler.cluster.Audit;
import dev.ordinal.scheduler.cluster.Cluster;
import dev.ordinal.scheduler.cluster.Node;
import dev.ordinal.scheduler.cluster.NodeShape;
import dev.ordinal.scheduler.cluster.Placement;
import dev.ordinal.scheduler.cluster.Request;
import dev.ordinal.scheduler.cluster.Task;
import dev.ordinal.scheduler.placement.Policy;
import dev.ordinal.scheduler.plan.CommitMode;
import dev.ordinal.scheduler.plan.Detection;
import dev.ordinal.scheduler.plan.PlanShape;
import dev.ordinal.scheduler.stored.ClusterRegistration;
import dev.ordinal.scheduler.stored.StoreLayout;
import dev.ordinal.scheduler.stored.StoredPlacements;
import dev.ordinal.scheduler.workload.BuiltInWorkload;
import dev.ordinal.scheduler.workload.Run;
import dev.ordinal.scheduler.workload.Workload;
import dev.ordinal.server.testing.TestCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Schedulers on a real store: its replicas run in this process and are reached on loopback. */
class PlacementSchedulerTest {
  private static final SchedulerListener SILENT = new SchedulerListener() {};
  private static final Cluster ONE_NODE =
      new Cluster(List.of(new Node(0, "n", new NodeShape(10, 10, 0, ""))));

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource(Detection.class)
  void oneSchedulerAlonePlacesWhatItsPolicyPlacesAndNeverConflicts(Detection detection)
      throws Exception {
    Workload workload = section(50, 350);
    Run expected = Run.of(workload.cluster(), workload.tasks(), new Policy.FirstFit(), 0);
    assertThat(expected.unplaced()).isNotEmpty();
    var shape = new PlanShape(detection, CommitMode.INCREMENTAL, 1, 3);
    try (TestCluster store = TestCluster.start(folder, 1);
        OrdinalClient client = OrdinalClient.connect(store.addresses())) {
      SchedulerReport report = runAll(workload, client, new Policy.FirstFit(), shape, 1).getFirst();
      assertThat(report.placements()).containsExactlyInAnyOrderElementsOf(expected.placements());
      assertThat(report.conflicts()).isZero();
      assertThat(report.attempts()).isEqualTo(expected.placements().size());
      assertThat(report.unplaced())
          .hasSameSizeAs(expected.unplaced().keySet())
          .allMatch(unplaced -> unplaced.explanation().fitting() == 0)
          .allMatch(unplaced -> unplaced.attempts() == 0);
      verify(client, workload, List.of(report));
    }
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
    Workload workload = section(50, 240);
    var shape = new PlanShape(detection, commit, batch, alternatives);
    try (TestCluster store = TestCluster.start(folder, 1);
        OrdinalClient client = OrdinalClient.connect(store.addresses())) {
      List<SchedulerReport> reports = runAll(workload, client, new Policy.FullestOf(8), shape, 4);
      assertThat(count(reports)).isEqualTo(240);
      verify(client, workload, reports);
    }
  }

  @Test
  void aLostAnswerPlacesNothingTwiceAndLosesNothing() throws Exception {
    Workload workload = section(50, 200);
    var shape = new PlanShape(Detection.RESOURCE, CommitMode.INCREMENTAL, 3, 2);
    try (TestCluster store = TestCluster.start(folder, 3);
        OrdinalClient client = OrdinalClient.connect(store.addresses());
        OrdinalClient impatient = impatient(store)) {
      OrderId registeredAt = register(store, workload.cluster());
      SchedulerSettings settings = SchedulerSettings.of("s", new Policy.BestFit(), shape, 0);
      PlacementScheduler scheduler =
          new PlacementScheduler(
              settings, workload.cluster(), workload.tasks(), impatient, new Outage(store));
      SchedulerReport report = scheduler.run(registeredAt);
      assertThat(report.transactions().unknown()).isPositive();
      assertThat(count(List.of(report))).isEqualTo(200);
      verify(client, workload, List.of(report));
    }
  }

  /**
   * After some placements the leader is left alone: what it takes in is not decided, and so not
   * answered. The others come back once an answer was given up.
   */
  private static final class Outage implements SchedulerListener {
    private static final int PLACED_BEFORE = 50;

    private final TestCluster store;
    private final List<Integer> followers = new ArrayList<>();
    private int placed;

    Outage(TestCluster store) {
      this.store = store;
    }

    @Override
    public void onPlaced(Placement placement, OrderId order) {
      if (++placed == PLACED_BEFORE) {
        int leader = store.awaitLeader();
        followers.addAll(store.members().nodes());
        followers.remove(Integer.valueOf(leader));
        followers.forEach(store::stop);
      }
    }

    @Override
    public void onAnswered(Outcome outcome, long latencyNanos) {
      if (outcome instanceof Outcome.Unknown) {
        followers.forEach(store::start);
        followers.clear();
      }
    }
  }

  @Test
  void aGangWithAMemberThatFitsNowhereIsTriedMemberByMember() throws Exception {
    List<Task> tasks = List.of(task("a", 4), task("big", 11), task("b", 4));
    var shape = new PlanShape(Detection.RESOURCE, CommitMode.GANG, 3, 1);
    try (TestCluster store = TestCluster.start(folder, 1);
        OrdinalClient client = OrdinalClient.connect(store.addresses())) {
      SchedulerReport report =
          runAll(new Workload(ONE_NODE, tasks), client, new Policy.FirstFit(), shape, 1).getFirst();
      assertThat(report.placements().stream().map(placement -> placement.task().name()))
          .containsExactly("a", "b");
      assertThat(report.unplaced().getFirst().task().name()).isEqualTo("big");
      assertThat(report.unplaced().getFirst().explanation()).hasToString("1 nodes: 1 lack cpu");
      assertThat(report.transactions()).isEqualTo(new SchedulerReport.Transactions(2, 0, 0, 0, 0));
    }
  }

  @Test
  void aTaskThatIsAlwaysRefusedIsGivenUpAfterItsAttempts() throws Exception {
    try (TestCluster store = TestCluster.start(folder, 1);
        OrdinalClient client = OrdinalClient.connect(store.addresses())) {
      ClusterRegistration.register(client, ONE_NODE);
      Outcome.Committed taken =
          client
              .commit(Transaction.blind().put(StoreLayout.task("a"), Value.of("taken")).build())
              .orThrow();
      SchedulerReport report = scheduler(client, 5, task("a", 1)).run(taken.order());
      assertThat(report.unplaced().getFirst().attempts()).isEqualTo(5);
      assertThat(report.unplaced().getFirst().explanation().fitting()).isEqualTo(1);
      assertThat(report.refusals()).isEqualTo(Map.of(Refusal.Kind.GUARD, 5L));
    }
  }

  @Test
  void aTaskThatNoReplicaAcceptsIsGivenUpAfterItsAttempts() throws Exception {
    try (TestCluster store = TestCluster.start(folder, 1);
        OrdinalClient impatient = impatient(store)) {
      OrderId registeredAt = register(store, ONE_NODE);
      SchedulerListener stopsTheStore =
          new SchedulerListener() {
            @Override
            public void onPlaced(Placement placement, OrderId order) {
              store.stop(1);
            }
          };
      SchedulerSettings settings =
          new SchedulerSettings("s", new Policy.FirstFit(), PlanShape.single(), 3, 1, 0);
      SchedulerReport report =
          new PlacementScheduler(
                  settings, ONE_NODE, List.of(task("a", 1), task("b", 1)), impatient, stopsTheStore)
              .run(registeredAt);
      assertThat(report.placements()).hasSize(1);
      assertThat(report.unplaced().getFirst().attempts()).isEqualTo(3);
      SchedulerReport.Transactions transactions = report.transactions();
      assertThat(transactions.notAccepted() + transactions.unknown()).isGreaterThanOrEqualTo(3);
    }
  }

  @Test
  void aClusterIsRegisteredOnce() {
    Cluster cluster = section(250, 0).cluster();
    try (TestCluster store = TestCluster.start(folder, 1);
        OrdinalClient client = OrdinalClient.connect(store.addresses())) {
      assertThat(ClusterRegistration.register(client, cluster)).isEqualTo(OrderId.of(3));
      assertThatThrownBy(() -> ClusterRegistration.register(client, cluster))
          .isInstanceOf(NotCommittedException.class);
    }
  }

  @Test
  void aStoreWithoutTheClusterIsRefusedWithWhatIsMissing() {
    try (TestCluster store = TestCluster.start(folder, 1);
        OrdinalClient client = OrdinalClient.connect(store.addresses())) {
      PlacementScheduler scheduler = scheduler(client, 1, task("a", 1));
      assertThatThrownBy(() -> scheduler.run(OrderId.NONE))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("the store has no counter node/n/");
    }
  }

  /** The first nodes and tasks of the built-in workload. */
  private static Workload section(int nodes, int tasks) {
    Workload all = BuiltInWorkload.load();
    return new Workload(
        new Cluster(all.cluster().nodes().subList(0, nodes)), all.tasks().subList(0, tasks));
  }

  /** A client that soon gives up waiting for an outcome. */
  private static OrdinalClient impatient(TestCluster store) {
    return OrdinalClient.builder(store.addresses()).commitTimeout(Duration.ofMillis(500)).connect();
  }

  private static OrderId register(TestCluster store, Cluster cluster) {
    try (OrdinalClient client = OrdinalClient.connect(store.addresses())) {
      return ClusterRegistration.register(client, cluster);
    }
  }

  private static PlacementScheduler scheduler(OrdinalClient client, int attemptsMax, Task task) {
    SchedulerSettings settings =
        new SchedulerSettings("s", new Policy.FirstFit(), PlanShape.single(), attemptsMax, 1, 0);
    return new PlacementScheduler(settings, ONE_NODE, List.of(task), client, SILENT);
  }

  private static List<SchedulerReport> runAll(
      Workload workload, OrdinalClient client, Policy policy, PlanShape shape, int schedulers)
      throws Exception {
    OrderId from = ClusterRegistration.register(client, workload.cluster());
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
      OrdinalClient client, Workload workload, List<SchedulerReport> reports) {
    List<Placement> placements =
        reports.stream().flatMap(report -> report.placements().stream()).toList();
    StoredPlacements stored =
        StoredPlacements.read(client.snapshot(), workload.cluster(), workload.tasks());
    assertThat(stored.placements()).containsExactlyInAnyOrderElementsOf(placements);
    assertThat(stored.discrepancies()).isEmpty();
    assertThat(Audit.violations(placements)).isEmpty();
  }

  private static Task task(String name, long cpuMilli) {
    return new Task(name, new Request(cpuMilli, 1, 0, 0, List.of()));
  }
}
