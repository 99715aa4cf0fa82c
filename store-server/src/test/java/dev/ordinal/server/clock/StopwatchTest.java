package dev.ordinal.server.clock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ordinal.journal.state.Clock;
import dev.ordinal.journal.state.Dues;
import dev.ordinal.journal.transaction.Command;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** When a leader ticks, and what it counts. */
final class StopwatchTest {
  private static final long LOOK_MILLIS = 100;

  private final Stopwatch stopwatch =
      new Stopwatch(
          new Pace(Duration.ofMillis(LOOK_MILLIS), Duration.ofSeconds(1), Duration.ofSeconds(5)),
          0);
  private long now;
  private long mark = 7;
  private long order = 1;
  private long clock = 40;
  private Dues dues = new Dues(Long.MAX_VALUE, 0);

  @Test
  void whatIsCommittedIsFollowedByATickWithinASecond() {
    lookFor(1000);
    assertThat(look()).isEqualTo(new Command.Tick(7, 1000, 5000));
  }

  @Test
  void aStoreWithoutCommitsGoesQuiet() {
    lookFor(1000);
    count(look());
    lookFor(60_000);

    order++;
    assertThat(look()).isEqualTo(new Command.Tick(8, 60_100, 0));
  }

  @Test
  void whatEndsIsFollowedByATickAtOnce() {
    order = 0;
    dues = new Dues(clock + 300, 0);
    lookFor(300);

    assertThat(look()).isEqualTo(new Command.Tick(7, 300, 5000));
  }

  @Test
  void whatWasRenewedIsSettledWithinASecond() {
    order = 0;
    dues = new Dues(Long.MAX_VALUE, 1);
    lookFor(1000);

    assertThat(look()).isEqualTo(new Command.Tick(7, 1000, 5000));
  }

  @Test
  void muchThatWasRenewedIsSettledInPortions() {
    dues = new Dues(Long.MAX_VALUE, 256);
    lookFor(100);

    assertThat(look()).isEqualTo(new Command.Tick(7, 100, 5000));
  }

  @Test
  void onlyTheFirstTickOfALeadershipGrantsGrace() {
    lookFor(1000);
    count(look());
    order++;
    lookFor(900);

    assertThat(look()).isEqualTo(new Command.Tick(8, 1000, 0));
  }

  /** Nobody could be heard meanwhile. */
  @Test
  void aPauseOfTheProcessHardlyCounts() {
    lookFor(500);
    now += 60_000;
    assertThat(look()).isNull();
    lookFor(200);

    assertThat(look()).isEqualTo(new Command.Tick(7, 1000, 5000));
  }

  @Test
  void oneTickWaitsForTheOtherAndMeasuringGoesOn() {
    lookFor(1000);
    Command.Tick tick = look();
    lookFor(2000);
    count(tick);

    order++;
    assertThat(look()).isEqualTo(new Command.Tick(8, 2100, 0));
  }

  @Test
  void aBarrierInBetweenStartsAnew() {
    lookFor(900);
    mark = 9;
    lookFor(1000);

    assertThat(look()).isEqualTo(new Command.Tick(9, 1000, 5000));
  }

  /** What is read may be older than what was counted. */
  @Test
  void anOlderMarkIsNoNews() {
    lookFor(1000);
    count(look());
    mark = 7;
    order++;
    lookFor(900);

    assertThat(look()).isEqualTo(new Command.Tick(8, 1000, 0));
  }

  @Test
  void whoDoesNotLeadMeasuresNothing() {
    lookFor(900);
    now += LOOK_MILLIS;
    assertThat(stopwatch.look(nanos(), false, situation())).isNull();
    lookFor(1000);

    assertThat(look()).isEqualTo(new Command.Tick(7, 1000, 5000));
  }

  @Test
  void afterATickOfUnknownFateMeasuringStartsAnew() {
    lookFor(1000);
    assertThat(look()).isNotNull();
    stopwatch.stop();
    lookFor(1000);

    assertThat(look()).isEqualTo(new Command.Tick(7, 1000, 5000));
  }

  private void lookFor(long millis) {
    for (long i = 0; i < millis; i += LOOK_MILLIS) {
      assertThat(look()).isNull();
    }
  }

  private Command.@Nullable Tick look() {
    now += LOOK_MILLIS;
    return stopwatch.look(nanos(), true, situation());
  }

  private Situation situation() {
    return new Situation(new Clock(clock, mark, 0), order, dues);
  }

  private long nanos() {
    return Duration.ofMillis(now).toNanos();
  }

  /** The tick is applied, one slot after its mark. */
  private void count(Command.@Nullable Tick tick) {
    Objects.requireNonNull(tick);
    mark++;
    clock += tick.elapsedMillis();
    stopwatch.counted(mark, order);
  }
}
