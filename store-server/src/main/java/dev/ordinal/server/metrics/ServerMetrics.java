package dev.ordinal.server.metrics;

import dev.ordinal.consensus.core.Observation;
import dev.ordinal.consensus.log.LogStore;
import dev.ordinal.server.replica.AppliedSlot;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is measured here; {@code docs/metrics.md} lists it. Counters and gauges are read
 * from their owners when somebody looks; what is recorded is recorded once a group or slot.
 */
public final class ServerMetrics implements AutoCloseable {
  /** From a memory write to a disk that is given up, three a decade. */
  private static final Duration[] BUCKETS =
      LongStream.of(100, 250, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000)
          .mapToObj(micros -> Duration.ofNanos(TimeUnit.MICROSECONDS.toNanos(micros)))
          .toArray(Duration[]::new);

  private static final double[] COMMANDS = {1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024};
  private static final double[] BYTES = {256, 1024, 4096, 16_384, 65_536, 262_144, 1_048_576};

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final ProcessMeters process = ProcessMeters.bindTo(registry);
  private final Timer writes = timer("ordinal.log.write", "One durable group, sync included");
  private final Timer applies = timer("ordinal.slot.apply", "One slot, until readers see it");
  private final Timer commits =
      timer("ordinal.slot.commit", "From a slot's first command here to its outcomes");
  private final DistributionSummary commands =
      DistributionSummary.builder("ordinal.slot.commands")
          .description("Commands in a slot")
          .serviceLevelObjectives(COMMANDS)
          .register(registry);
  private final DistributionSummary bytes =
      DistributionSummary.builder("ordinal.slot.payload")
          .baseUnit("bytes")
          .description("Encoded commands of a slot")
          .serviceLevelObjectives(BYTES)
          .register(registry);

  /** Guarded by this, so that nobody looks into a replica that has closed. */
  private @Nullable ReplicaMeters serving;

  private boolean stopping;

  private Timer timer(String name, String what) {
    return Timer.builder(name).description(what).serviceLevelObjectives(BUCKETS).register(registry);
  }

  /** {@code log}, with its writes measured. */
  public LogStore timed(LogStore log) {
    return new TimedLog(log, writes);
  }

  /** For the apply thread. */
  public void applied(AppliedSlot slot) {
    applies.record(slot.applyNanos(), TimeUnit.NANOSECONDS);
    if (slot.waitedNanos() != AppliedSlot.NOT_OURS) {
      commits.record(slot.waitedNanos(), TimeUnit.NANOSECONDS);
    }
    commands.record(slot.commands());
    bytes.record(slot.bytes());
  }

  /** For the consensus thread; rare. */
  public void observed(Observation observation) {
    Counter.builder("ordinal.observations")
        .description("What consensus observed")
        .tag("kind", kind(observation))
        .register(registry)
        .increment();
  }

  private static String kind(Observation observation) {
    return switch (observation) {
      case Observation.Campaigned _ -> "campaigned";
      case Observation.Elected _ -> "elected";
      case Observation.SteppedDown _ -> "stepped_down";
      case Observation.LeaderChanged _ -> "leader_changed";
      case Observation.TailReplaced _ -> "tail_replaced";
      case Observation.Resynced _ -> "resynced";
      case Observation.FellBehind _ -> "fell_behind";
      case Observation.Truncated _ -> "truncated";
      case Observation.OutOfLog _ -> "out_of_log";
    };
  }

  /** Measures {@code served} too, until {@link #stop}. */
  public synchronized void serve(Served served) {
    serving = ReplicaMeters.register(registry, served);
  }

  /** Must be called before the replica closes: from now on nobody looks into it. */
  public synchronized void stop() {
    stopping = true;
    serving = null;
  }

  /** In Prometheus' text format; null while the replica stops. */
  synchronized @Nullable String scrape() {
    if (stopping) {
      return null;
    }
    if (serving != null) {
      serving.refresh();
    }
    return registry.scrape();
  }

  synchronized Readiness readiness() {
    if (stopping) {
      return new Readiness(false, "stopping");
    }
    return serving == null
        ? new Readiness(false, "starting: what the log holds is being applied")
        : serving.readiness();
  }

  @Override
  public void close() {
    process.close();
    registry.close();
  }
}
