package dev.ordinal.bench;

import dev.ordinal.client.ReplicaStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/** What was measured; its components are the fields of {@code --json}. */
record BenchReport(
    Load load,
    double seconds,
    long commits,
    double commitsPerSecond,
    Latency latency,
    double clientCpuMicrosPerCommit,
    double transactionsPerFrame,
    List<Replica> replicas,
    Map<String, Long> unexpected) {
  private static final String BREAK = System.lineSeparator();

  BenchReport {
    replicas = List.copyOf(replicas);
    unexpected = Map.copyOf(unexpected);
  }

  /** How it was asked: {@code path} is streamed or unary. */
  record Load(String path, int inFlight) {}

  /** Milliseconds from handing a transaction to the client until its outcome is known. */
  record Latency(double p50, double p99, double p999, double max) {
    static Latency of(Histogram nanos) {
      return new Latency(
          nanos.getValueAtPercentile(50) / 1e6,
          nanos.getValueAtPercentile(99) / 1e6,
          nanos.getValueAtPercentile(99.9) / 1e6,
          nanos.getMaxValue() / 1e6);
    }
  }

  /** What one replica did in that time; {@code residentBytes} at its end. */
  record Replica(
      int node,
      String role,
      double cpuMicrosPerCommit,
      long syncs,
      double commitsPerSync,
      double logBytesPerCommit,
      long residentBytes) {
    static Replica of(ReplicaStatus before, ReplicaStatus after, long commits) {
      ReplicaStatus.Figures from = before.figures();
      ReplicaStatus.Figures to = after.figures();
      long syncs = to.logSyncs() - from.logSyncs();
      return new Replica(
          after.node(),
          after.role().name().toLowerCase(Locale.ROOT),
          ratio(to.cpuMicros() - from.cpuMicros(), commits),
          syncs,
          ratio(commits, syncs),
          ratio(to.logBytes() - from.logBytes(), commits),
          to.residentBytes());
    }
  }

  /** {@code latencies} in nanoseconds, one for each commit between both samples. */
  static BenchReport of(
      Load load, Sample before, Sample after, Histogram latencies, Map<String, Long> unexpected) {
    long commits = latencies.getTotalCount();
    double seconds = (after.nanoTime() - before.nanoTime()) / 1e9;
    List<Replica> replicas = new ArrayList<>();
    for (int i = 0; i < after.replicas().size(); i++) {
      replicas.add(Replica.of(before.replicas().get(i), after.replicas().get(i), commits));
    }
    return new BenchReport(
        load,
        seconds,
        commits,
        commits / seconds,
        Latency.of(latencies),
        ratio(after.clientCpuMicros() - before.clientCpuMicros(), commits),
        ratio(
            after.client().transactionsSent() - before.client().transactionsSent(),
            after.client().framesSent() - before.client().framesSent()),
        replicas,
        unexpected);
  }

  /** 0 where there is nothing to divide by. */
  private static double ratio(long part, long whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }

  String text() {
    StringBuilder text = new StringBuilder();
    text.append(
        "%s, %,d in flight: %,.0f commits/s (%,d in %.1f s)%s"
            .formatted(load.path, load.inFlight, commitsPerSecond, commits, seconds, BREAK));
    text.append(
        "latency ms: p50 %.2f, p99 %.2f, p99.9 %.2f, max %.2f%s"
            .formatted(latency.p50, latency.p99, latency.p999, latency.max, BREAK));
    text.append(
        "client: %.1f µs of CPU per commit, %.1f transactions per frame%s%s"
            .formatted(clientCpuMicrosPerCommit, transactionsPerFrame, BREAK, BREAK));
    text.append(
        "%-4s  %-9s  %13s  %8s  %12s  %16s  %7s"
            .formatted(
                "NODE",
                "ROLE",
                "CPU µS/COMMIT",
                "SYNCS",
                "COMMITS/SYNC",
                "LOG BYTES/COMMIT",
                "RSS MIB"));
    for (Replica one : replicas) {
      text.append(
          "%s%4d  %-9s  %13.1f  %,8d  %12.1f  %16.0f  %7d"
              .formatted(
                  BREAK,
                  one.node,
                  one.role,
                  one.cpuMicrosPerCommit,
                  one.syncs,
                  one.commitsPerSync,
                  one.logBytesPerCommit,
                  one.residentBytes >> 20));
    }
    new TreeMap<>(unexpected)
        .forEach((outcome, times) ->
            text.append("%sUNEXPECTED %,d times: %s".formatted(BREAK, times, outcome)));
    return text.toString();
  }
}
