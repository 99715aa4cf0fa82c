package dev.ordinal.cli.demo;

import dev.ordinal.scheduler.placement.Policy;
import dev.ordinal.scheduler.plan.CommitMode;
import dev.ordinal.scheduler.plan.Detection;
import dev.ordinal.scheduler.plan.PlanShape;
import dev.ordinal.scheduler.submit.SchedulerSettings;
import dev.ordinal.scheduler.workload.BuiltInWorkload;
import dev.ordinal.scheduler.workload.Workload;
import dev.ordinal.scheduler.workload.WorkloadReader;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** What the demo is asked to do. */
final class DemoOptions {
  private static final int REPLICAS_MAX = 7;
  private static final int SCHEDULERS_MAX = 64;
  private static final long SEED = 1;

  @Option(
      names = "--replicas",
      paramLabel = "N",
      defaultValue = "3",
      description = "Replicas, 1 to 7 (default: ${DEFAULT-VALUE}).")
  private int replicas;

  @Option(
      names = "--schedulers",
      paramLabel = "N",
      defaultValue = "4",
      description = "Schedulers, 1 to 64 (default: ${DEFAULT-VALUE}).")
  private int schedulers;

  @Option(
      names = "--policy",
      paramLabel = "POLICY",
      defaultValue = "first-fit",
      description = "first-fit, best-fit, fullest-of-8 or random (default: ${DEFAULT-VALUE}).")
  private String policy = "";

  @Option(
      names = "--detection",
      paramLabel = "DETECTION",
      defaultValue = "resource",
      description = {
        "What makes placements conflict: resource (a counter would leave its bounds),",
        "node (the node changed) or journal (anything changed); default: ${DEFAULT-VALUE}."
      })
  private String detection = "";

  @Option(
      names = "--commit",
      paramLabel = "MODE",
      defaultValue = "incremental",
      description = "Of a transaction's tasks place those that fit, or all or none (gang).")
  private String commit = "";

  @Option(
      names = "--batch",
      paramLabel = "N",
      defaultValue = "1",
      description = "Tasks in one transaction (default: ${DEFAULT-VALUE}).")
  private int batch;

  @Option(
      names = "--alternatives",
      paramLabel = "N",
      defaultValue = "1",
      description = {
        "Nodes named for each task, 1 to 10: what the policy chose, then random ones that fit;",
        "the store takes the first that still fits (default: ${DEFAULT-VALUE})."
      })
  private int alternatives;

  @Option(names = "--tasks", paramLabel = "N", description = "Only the first so many tasks.")
  private @Nullable Integer tasks;

  @Option(
      names = "--kill-leader",
      description = "kill -9 the leader half-way, start it again after 3 s.")
  private boolean killLeader;

  @ArgGroup(exclusive = false)
  private @Nullable Files files;

  @Option(names = "--placements", paramLabel = "FILE", description = "Write placements as CSV.")
  private @Nullable Path placements;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Where the replicas keep their data. Default: a folder that is deleted again.")
  private @Nullable Path data;

  private static final class Files {
    @Option(names = "--nodes", paramLabel = "FILE", required = true, description = "Nodes as CSV.")
    private Path nodes = Path.of("");

    @Option(names = "--pods", paramLabel = "FILE", required = true, description = "Tasks as CSV.")
    private Path pods = Path.of("");
  }

  /** Throws {@link IllegalArgumentException} if an option is not allowed. */
  void check() {
    range("--replicas", replicas, REPLICAS_MAX);
    range("--schedulers", schedulers, SCHEDULERS_MAX);
    if (tasks != null && tasks < 0) {
      throw new IllegalArgumentException("--tasks must be at least 0, was " + tasks);
    }
    if (killLeader && replicas < 3) {
      throw new IllegalArgumentException(
          "--kill-leader needs at least 3 replicas to go on without one, was " + replicas);
    }
    settings(0);
  }

  int replicas() {
    return replicas;
  }

  int schedulers() {
    return schedulers;
  }

  boolean killsLeader() {
    return killLeader;
  }

  @Nullable Path placements() {
    return placements;
  }

  @Nullable Path data() {
    return data;
  }

  Workload workload() throws IOException {
    Workload all =
        files == null ? BuiltInWorkload.load() : WorkloadReader.read(files.nodes, files.pods);
    return tasks == null ? all : all.limitedTo(tasks);
  }

  SchedulerSettings settings(int scheduler) {
    return SchedulerSettings.of(
        "scheduler-" + (scheduler + 1),
        Policy.named(policy),
        new PlanShape(Detection.named(detection), CommitMode.named(commit), batch, alternatives),
        SEED + scheduler);
  }

  /** What is done, in words. */
  String description() {
    return "%d replicas, %d schedulers, %s, detection %s, commit %s, batch %d, alternatives %d"
        .formatted(replicas, schedulers, policy, detection, commit, batch, alternatives);
  }

  private static void range(String option, int value, int max) {
    if (value < 1 || value > max) {
      throw new IllegalArgumentException(
          "%s must be 1 to %d, was %d".formatted(option, max, value));
    }
  }
}
