package dev.ordinal.cli.demo;

import dev.ordinal.cli.print.Table;
import dev.ordinal.client.Refusal;
import dev.ordinal.client.ReplicaStatus;
import dev.ordinal.scheduler.submit.SchedulerReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/** What the demo prints at its end; its components are the fields of {@code --json}. */
record DemoReport(
    long placed,
    long unplaced,
    long attempts,
    long conflicts,
    Map<String, Long> conflictsByKind,
    int leaderChanges,
    long lastOrderId,
    Map<String, String> digests,
    boolean verified,
    List<String> faults,
    double seconds,
    Latency latency,
    List<Scheduler> schedulers,
    List<Replica> replicas) {

  private static final String BREAK = System.lineSeparator();
  private static final String SINCE_START =
      "committed, slots, syncs and log: since the process started, replayed slots included";

  /** Milliseconds from handing a transaction to the client until its answer. */
  record Latency(double p50, double p99, double max) {
    static Latency of(Histogram micros) {
      return new Latency(
          micros.getValueAtPercentile(50) / 1e3,
          micros.getValueAtPercentile(99) / 1e3,
          micros.getMaxValue() / 1e3);
    }
  }

  /** One scheduler. */
  record Scheduler(
      String name,
      long placed,
      long unplaced,
      long attempts,
      Map<String, Long> conflictsByKind,
      SchedulerReport.Transactions transactions,
      Latency latency,
      List<String> unplacedExamples) {
    private static final int EXAMPLES_MAX = 3;

    static Scheduler of(Crew.Member member) {
      SchedulerReport report = member.report();
      return new Scheduler(
          report.scheduler(),
          report.placements().size(),
          report.unplaced().size(),
          report.attempts(),
          byKind(report.refusals()),
          report.transactions(),
          Latency.of(member.latencyMicros()),
          report.unplaced().stream()
              .limit(EXAMPLES_MAX)
              .map(task -> task.task().name() + ": " + task.explanation())
              .toList());
    }

    private static Map<String, Long> byKind(Map<Refusal.Kind, Long> refusals) {
      Map<String, Long> named = new TreeMap<>();
      refusals.forEach((kind, count) -> named.put(kind.name().toLowerCase(Locale.ROOT), count));
      return named;
    }
  }

  /** One replica, as it described itself at the end. */
  record Replica(int node, String role, long order, ReplicaStatus.Figures figures) {
    static Replica of(ReplicaStatus status) {
      return new Replica(
          status.node(),
          status.role().name().toLowerCase(Locale.ROOT),
          status.current().value(),
          status.figures());
    }
  }

  static DemoReport of(
      List<Crew.Member> members,
      Verification.Result verification,
      int leaderChanges,
      double seconds,
      List<ReplicaStatus> statuses) {
    Histogram all = new Histogram(3);
    List<Scheduler> schedulers = new ArrayList<>();
    Map<String, Long> byKind = new TreeMap<>();
    for (Crew.Member member : members) {
      all.add(member.latencyMicros());
      Scheduler scheduler = Scheduler.of(member);
      schedulers.add(scheduler);
      scheduler.conflictsByKind.forEach((kind, count) -> byKind.merge(kind, count, Long::sum));
    }
    return new DemoReport(
        schedulers.stream().mapToLong(Scheduler::placed).sum(),
        schedulers.stream().mapToLong(Scheduler::unplaced).sum(),
        schedulers.stream().mapToLong(Scheduler::attempts).sum(),
        byKind.values().stream().mapToLong(Long::longValue).sum(),
        byKind,
        leaderChanges,
        verification.order().value(),
        verification.digests(),
        verification.verified(),
        verification.faults(),
        seconds,
        Latency.of(all),
        schedulers,
        statuses.stream().map(Replica::of).toList());
  }

  String text() {
    Table schedulerTable =
        new Table("SCHEDULER", "PLACED", "UNPLACED", "ATTEMPTS", "CONFLICTS", "P50 MS", "P99 MS");
    for (Scheduler one : schedulers) {
      schedulerTable.row(
          one.name,
          one.placed,
          one.unplaced,
          one.attempts,
          one.conflictsByKind.isEmpty() ? "0" : one.conflictsByKind.toString(),
          "%.2f".formatted(one.latency.p50),
          "%.2f".formatted(one.latency.p99));
    }
    Table replicaTable =
        new Table("NODE", "ROLE", "ORDER ID", "COMMITTED", "SLOTS", "SYNCS", "LOG MIB", "RSS MIB");
    for (Replica one : replicas) {
      replicaTable.row(
          one.node,
          one.role,
          one.order,
          one.figures.committed(),
          one.figures.batches(),
          one.figures.logSyncs(),
          one.figures.logBytes() >> 20,
          one.figures.residentBytes() >> 20);
    }
    return String.join(
        BREAK, schedulerTable.text(), "", replicaTable.text(), SINCE_START, "", verdict());
  }

  private String verdict() {
    StringBuilder lines = new StringBuilder();
    schedulers.stream()
        .flatMap(one -> one.unplacedExamples.stream())
        .limit(3)
        .forEach(example -> lines.append("not placed  ").append(example).append(BREAK));
    lines.append(
        "placed %,d, unplaced %,d, conflicts %,d, leader changes %d, %.1f s, order ID %,d%s"
            .formatted(placed, unplaced, conflicts, leaderChanges, seconds, lastOrderId, BREAK));
    if (verified) {
      lines.append(
          "verified: every replica has digest %s at order ID %,d and the same rows; no node is over"
                  .formatted(digests.values().iterator().next().substring(0, 12), lastOrderId)
              + " its capacity; every acknowledged placement is there exactly once");
    } else {
      lines.append("NOT VERIFIED:");
      faults.forEach(fault -> lines.append(BREAK).append("  ").append(fault));
    }
    return lines.toString();
  }
}
