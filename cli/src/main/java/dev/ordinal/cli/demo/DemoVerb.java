package dev.ordinal.cli.demo;

import dev.ordinal.cli.ExitCode;
import dev.ordinal.cli.print.Printer;
import dev.ordinal.client.OrderId;
import dev.ordinal.client.OrdinalClient;
import dev.ordinal.client.ReplicaStatus;
import dev.ordinal.local.LocalCluster;
import dev.ordinal.scheduler.cluster.Placement;
import dev.ordinal.scheduler.stored.ClusterRegistration;
import dev.ordinal.scheduler.workload.Workload;
import dev.ordinal.scheduler.workload.WorkloadWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ordinal demo}: the main job, from nothing to a verified result. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Starts replicas, lets competing schedulers place a real cluster's workload through",
      "optimistic transactions, and verifies the result."
    })
public final class DemoVerb implements Callable<Integer> {
  @Mixin private DemoOptions options = new DemoOptions();

  @Option(names = "--json", description = "Print the result as one JSON object.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    options.check();
    Workload workload = options.workload();
    System.err.printf(
        "%,d tasks on %,d nodes: %s%n",
        workload.tasks().size(), workload.cluster().size(), options.description());
    try (LocalCluster cluster = LocalCluster.start(options.replicas(), options.data())) {
      DemoReport report = run(workload, cluster);
      new Printer(System.out, json).print(report, report::text);
      return (report.verified() ? ExitCode.OK : ExitCode.NOT_VERIFIED).code();
    }
  }

  private DemoReport run(Workload workload, LocalCluster cluster) throws Exception {
    List<String> addresses = cluster.addresses();
    Progress progress = new Progress();
    long started = System.nanoTime();
    try (OrdinalClient client = OrdinalClient.builder(addresses).name("demo").connect();
        LeaderWatch leaders = new LeaderWatch(addresses)) {
      OrderId registered = ClusterRegistration.register(client, workload.cluster());
      List<Crew.Member> members = work(workload, cluster, leaders, progress, registered);
      double seconds = (System.nanoTime() - started) / 1e9;
      List<Placement> acknowledged =
          members.stream().flatMap(member -> member.report().placements().stream()).toList();
      Path file = options.placements();
      if (file != null) {
        WorkloadWriter.writePlacements(acknowledged, file);
      }
      System.err.println("verifying ...");
      Verification.Result verification =
          new Verification(workload, addresses).verify(client, acknowledged);
      List<ReplicaStatus> statuses = addresses.stream().map(client::status).toList();
      return DemoReport.of(members, verification, leaders.changes(), seconds, statuses);
    }
  }

  private List<Crew.Member> work(
      Workload workload,
      LocalCluster cluster,
      LeaderWatch leaders,
      Progress progress,
      OrderId registered)
      throws Exception {
    Crew crew = new Crew(options, workload, cluster.addresses());
    int tasks = workload.tasks().size();
    LiveLine line = new LiveLine(System.err, progress, leaders, tasks);
    LeaderKill kill = new LeaderKill(cluster, leaders, progress, tasks / 2, System.err);
    if (options.killsLeader()) {
      kill.arm();
    }
    try (line;
        kill) {
      return crew.work(registered, progress);
    }
  }
}
