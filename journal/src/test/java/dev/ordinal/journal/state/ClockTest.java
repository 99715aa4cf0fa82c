package dev.ordinal.journal.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ordinal.journal.Commands;
import dev.ordinal.journal.codec.CommandCodec;
import dev.ordinal.journal.outcome.Outcome;
import dev.ordinal.journal.store.MemoryStateStore;
import dev.ordinal.journal.transaction.Command;
import dev.ordinal.journal.validation.Horizon;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Replicated time moves by ticks that count, and by nothing else. */
final class ClockTest {
  private final MemoryStateStore store =
      new MemoryStateStore(Head.initial(1, Horizon.Limits.SMALL));
  private StateMachine machine = StateMachine.open(store);

  @Test
  void theClockMovesOnlyByTicks() {
    apply(new Command.Barrier());
    apply(Commands.put("a", "1"));
    assertThat(clock()).isZero();

    assertThat(apply(new Command.Tick(1, 700, 0))).isEqualTo(new Outcome.ClockMarked(3, 700));
    apply(Commands.put("a", "2"));
    apply(new Command.Tick(3, 300, 0));
    assertThat(clock()).isEqualTo(1000);
  }

  @Test
  void aSpanCountsOnce() {
    apply(new Command.Barrier());
    apply(new Command.Tick(1, 700, 0));

    assertThat(apply(new Command.Tick(1, 700, 0))).isEqualTo(new Outcome.TickOutdated(2));
    assertThat(clock()).isEqualTo(700);
  }

  /** Its measurement covers what the leader in between has measured, and the election. */
  @Test
  void aTickOfALeaderThatStalledWhileAnotherOneLedCountsNothing() {
    apply(new Command.Barrier());
    apply(new Command.Tick(1, 100, 0));
    Command stalled = new Command.Tick(2, 60_000, 0);
    apply(new Command.Barrier());

    assertThat(apply(stalled)).isEqualTo(new Outcome.TickOutdated(3));
    apply(new Command.Tick(3, 100, 0));
    assertThat(apply(stalled)).isEqualTo(new Outcome.TickOutdated(5));
    assertThat(clock()).isEqualTo(200);
  }

  /** The new leader took it over: it was measured before that leadership began. */
  @Test
  void aTickThatTheNextLeaderAdoptedCounts() {
    apply(new Command.Barrier());
    apply(new Command.Tick(1, 100, 0));
    apply(new Command.Barrier());
    apply(new Command.Tick(3, 50, 0));

    assertThat(clock()).isEqualTo(150);
  }

  @Test
  void graceReachesFromTheTickThatGrantsIt() {
    apply(new Command.Barrier());
    apply(new Command.Tick(1, 100, 5000));
    apply(new Command.Tick(2, 100, 0));

    assertThat(store.head().clock()).isEqualTo(new Clock(200, 3, 5100));
  }

  @Test
  void recordsSayWhereTheClockStood() {
    apply(new Command.Barrier());
    apply(Commands.put("a", "1"));
    apply(new Command.Tick(1, 40, 0));
    apply(Commands.put("a", "2"));

    assertThat(store.recordsAfter(0, 9))
        .extracting(written -> written.origin().clockMillis())
        .containsExactly(0L, 40L);
  }

  @Test
  void theClockSurvivesARestart() {
    apply(new Command.Barrier());
    apply(new Command.Tick(1, 40, 9));
    machine = StateMachine.open(store);

    assertThat(apply(new Command.Tick(2, 2, 0))).isEqualTo(new Outcome.ClockMarked(3, 42));
  }

  @Test
  void clocksThatDifferGiveDigestsThatDiffer() {
    StateMachine other = StateMachine.open(new MemoryStateStore(store.head()));
    apply(new Command.Tick(0, 40, 0));
    other.apply(1, Commands.entryHash(1), List.of(new Command.Tick(0, 41, 0)));

    assertThat(machine.head().slot().digest()).isNotEqualTo(other.head().slot().digest());
  }

  @Test
  void aTickBeyondItsBoundsIsMalformed() {
    byte[] tick =
        dev.ordinal.proto.store.v1.Command.newBuilder()
            .setTick(
                dev.ordinal.proto.store.v1.Tick.newBuilder()
                    .setElapsedMillis(Command.Tick.ELAPSED_MILLIS_MAX + 1))
            .build()
            .toByteArray();

    assertThat(CommandCodec.decode(tick))
        .isEqualTo(
            new Command.Malformed("elapsed_millis must be from 0 to 86400000, was 86400001"));
  }

  private long clock() {
    return store.head().clock().millis();
  }

  private Outcome apply(Command command) {
    long slot = machine.head().slot().slot() + 1;
    Applied applied = machine.apply(slot, Commands.entryHash(slot), List.of(command));
    store.write(applied.changes());
    return applied.outcomes().getFirst();
  }
}
