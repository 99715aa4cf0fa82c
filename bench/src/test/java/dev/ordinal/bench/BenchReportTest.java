package dev.ordinal.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ordinal.client.ClientFigures;
import dev.ordinal.client.HistoryId;
import dev.ordinal.client.OrderId;
import dev.ordinal.client.ReplicaStatus;
import dev.ordinal.client.Value;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class BenchReportTest {
  private static final Offset<Double> NEAR = within(0.01);

  private static final BenchReport.Load LOAD = new BenchReport.Load("streamed", 256);

  @Test
  void figuresAreOfTheTimeBetweenTheSamples() {
    Sample before = sample(5_000_000_000L, 1_000, new Figures(100, 40_000, 7_000));
    Sample after = sample(7_000_000_000L, 9_000, new Figures(300, 640_000, 37_000));

    BenchReport report = BenchReport.of(LOAD, before, after, latencies(2_000), Map.of());

    assertThat(report.seconds()).isEqualTo(2.0);
    assertThat(report.commits()).isEqualTo(2_000);
    assertThat(report.commitsPerSecond()).isEqualTo(1_000.0);
    assertThat(report.clientCpuMicrosPerCommit()).isEqualTo(4.0);
    assertThat(report.latency().p50()).isCloseTo(1.5, NEAR);
    BenchReport.Replica replica = report.replicas().getFirst();
    assertThat(replica.syncs()).isEqualTo(200);
    assertThat(replica.commitsPerSync()).isEqualTo(10.0);
    assertThat(replica.logBytesPerCommit()).isEqualTo(300.0);
    assertThat(replica.cpuMicrosPerCommit()).isEqualTo(15.0);
  }

  @Test
  void aRunWithoutCommitsShowsZeroes() {
    Sample same = sample(5_000_000_000L, 1_000, new Figures(100, 40_000, 7_000));
    Sample later = sample(6_000_000_000L, 1_000, new Figures(100, 40_000, 7_000));

    BenchReport report = BenchReport.of(LOAD, same, later, latencies(0), Map.of());

    assertThat(report.commitsPerSecond()).isZero();
    assertThat(report.clientCpuMicrosPerCommit()).isZero();
    assertThat(report.replicas().getFirst().commitsPerSync()).isZero();
  }

  @Test
  void theTextShowsUnexpectedOutcomes() {
    Sample sample = sample(0, 0, new Figures(0, 0, 0));

    String text =
        BenchReport.of(LOAD, sample, sample, latencies(0), Map.of("Invalid[no]", 3L)).text();

    assertThat(text).endsWith("UNEXPECTED 3 times: Invalid[no]");
  }

  /** The figures of a replica that a report is made of. */
  private record Figures(long syncs, long bytes, long cpuMicros) {}

  private static Sample sample(long nanoTime, long clientCpuMicros, Figures figures) {
    ReplicaStatus replica =
        new ReplicaStatus(
            1,
            ReplicaStatus.Role.LEADER,
            1,
            "127.0.0.1:7411",
            "1.1.1",
            1,
            HistoryId.ANY,
            OrderId.of(1),
            OrderId.NONE,
            Value.of(""),
            new ReplicaStatus.Log(1, 1, 1),
            List.of(),
            new ReplicaStatus.Figures(
                0, 0, 0, 0, figures.syncs, figures.bytes, 0, figures.cpuMicros, 1 << 20, 0));
    return new Sample(nanoTime, clientCpuMicros, new ClientFigures(0, 0, 0, 0), List.of(replica));
  }

  private static Histogram latencies(int count) {
    Histogram nanos = new Histogram(3);
    nanos.recordValueWithCount(1_500_000, count);
    return nanos;
  }
}
