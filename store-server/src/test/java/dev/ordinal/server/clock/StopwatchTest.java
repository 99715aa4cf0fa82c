package dev.ordinal.server.clock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ordinal.journal.transaction.Command;
import java.time.Duration;
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
    assertThat(stopwatch.look(nanos(), false, new Situation(mark, order))).isNull();
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
    return stopwatch.look(nanos(), true, new Situation(mark, order));
  }

  private long nanos() {
    return Duration.ofMillis(now).toNanos();
  }

  /** The tick is applied, one slot after its mark. */
  private void count(Command.@Nullable Tick tick) {
    assertThat(tick).isNotNull();
    mark++;
    stopwatch.counted(mark, order);
  }
}
