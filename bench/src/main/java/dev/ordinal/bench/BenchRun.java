package dev.ordinal.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.ordinal.client.OrdinalClient;
import dev.ordinal.client.ReplicaStatus;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** Warm-up, measurement, and one line a second about both. */
final class BenchRun {
  private static final int DRAIN_SECONDS_MAX = 15;

  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private final BenchOptions options;
  private final OrdinalClient client;
  private final PrintStream progress;

  BenchRun(BenchOptions options, OrdinalClient client, PrintStream progress) {
    this.options = options;
    this.client = client;
    this.progress = progress;
  }

  /** Where everybody stands at one moment. */
  private Sample sample() {
    List<ReplicaStatus> replicas = client.addresses().stream().map(client::status).toList();
    return new Sample(
        System.nanoTime(),
        TimeUnit.NANOSECONDS.toMicros(SYSTEM.getProcessCpuTime()),
        client.figures(),
        replicas);
  }

  BenchReport measure() throws InterruptedException {
    Lanes lanes = new Lanes(client, options.workload());
    lanes.start(options.inFlight());
    run(lanes, "warm-up", options.warmUpSeconds());
    lanes.takeLatencies();
    Sample before = sample();
    Histogram latencies = run(lanes, "measuring", options.seconds());
    latencies.add(lanes.takeLatencies());
    Sample after = sample();
    lanes.stop(DRAIN_SECONDS_MAX);
    BenchReport.Load load =
        new BenchReport.Load(options.unary() ? "unary" : "streamed", options.inFlight());
    return BenchReport.of(load, before, after, latencies, lanes.unexpected());
  }

  /** Waits, or less if every lane has ended; returns the latencies of that time. */
  private Histogram run(Lanes lanes, String phase, int seconds) throws InterruptedException {
    Histogram all = new Histogram(3);
    for (int second = 1; second <= seconds && lanes.alive() > 0; second++) {
      TimeUnit.SECONDS.sleep(1);
      Histogram last = lanes.takeLatencies();
      all.add(last);
      progress.printf(
          "%s %d/%d s: %,d commits/s, p99 %.2f ms%n",
          phase, second, seconds, last.getTotalCount(), last.getValueAtPercentile(99) / 1e6);
    }
    return all;
  }
}
