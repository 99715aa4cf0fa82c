package dev.ordinal.journal;

import static dev.ordinal.journal.Commands.apply;
import static dev.ordinal.journal.Commands.delete;
import static dev.ordinal.journal.Commands.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ordinal.journal.feed.Selection;
import dev.ordinal.journal.outcome.Outcome;
import dev.ordinal.journal.record.Effect;
import dev.ordinal.journal.record.KeyState;
import dev.ordinal.journal.retention.NotRetained;
import dev.ordinal.journal.retention.RetentionChange;
import dev.ordinal.journal.state.Head;
import dev.ordinal.journal.store.MemoryStateStore;
import dev.ordinal.journal.store.PageLimit;
import dev.ordinal.journal.transaction.Command;
import dev.ordinal.journal.transaction.Key;
import dev.ordinal.journal.transaction.KeyRange;
import dev.ordinal.journal.transaction.Value;
import dev.ordinal.journal.validation.Horizon;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the floor, which only commands move, means to those who read. */
class RetentionTest {
  private static final Key KEY = Key.of("a");
  private static final PageLimit PAGE = new PageLimit(100, 1 << 20);

  private final Journal journal =
      Journal.open(
          new MemoryStateStore(Head.initial(1, Horizon.Limits.SMALL)),
          FlushPolicy.STANDARD,
          failure -> {
            throw failure;
          });

  @AfterEach
  void close() {
    journal.close();
  }

  private static Command retain(RetentionChange change) {
    return new Command.Retain(change);
  }

  private static Command floor(long order) {
    return retain(new RetentionChange.MoveFloor(order));
  }

  private static Command hold(String name, long order) {
    return retain(new RetentionChange.PlaceHold(name, order, 0));
  }

  private void committed(int count) {
    for (int i = 1; i <= count; i++) {
      apply(journal, put("a", "value-" + i));
    }
  }

  @Test
  void nothingBelowTheFloorIsReadOrResumedAfter() {
    committed(10);
    assertThat(apply(journal, floor(7))).containsExactly(new Outcome.Retains(7));
    List<ThrowingCallable> below =
        List.of(
            () -> journal.reader().get(KEY, 6),
            () -> journal.reader().read(List.of(KEY), 6, PAGE),
            () -> journal.reader().scan(KeyRange.EVERYTHING, 6, PAGE),
            () -> journal.feed().resume(6, Selection.EVERYTHING, () -> {}));
    for (ThrowingCallable call : below) {
      assertThatThrownBy(call)
          .isInstanceOf(NotRetained.class)
          .hasMessage("order ID 6 is no longer retained: 7 to 10 are, take a new snapshot");
    }
    assertThatThrownBy(() -> journal.digestAt(7)).isInstanceOf(NotRetained.class);
  }

  @Test
  void theFloorItselfIsReadAndResumedAfter() {
    committed(10);
    apply(journal, floor(7));
    assertThat(journal.reader().get(KEY, 7))
        .hasToString("Version[order=7, state=Stored[value=value-7]]");
    assertThat(journal.feed().resume(7, Selection.EVERYTHING, () -> {}).next()).isNotNull();
    assertThat(journal.digestAt(8)).isNotNull();
  }

  @Test
  void theFloorStopsAtTheLowestHoldAndAtTheHead() {
    committed(10);
    assertThat(apply(journal, hold("backup", 4), hold("mirror", 6), floor(9)))
        .endsWith(new Outcome.Retains(4));
    assertThat(apply(journal, retain(new RetentionChange.ReleaseHold("backup")), floor(9)))
        .endsWith(new Outcome.Retains(6));
    assertThat(apply(journal, hold("mirror", 8), floor(9))).endsWith(new Outcome.Retains(8));
    assertThat(apply(journal, retain(new RetentionChange.ReleaseHold("mirror")), floor(99)))
        .endsWith(new Outcome.Retains(10));
    assertThat(apply(journal, floor(3))).endsWith(new Outcome.Retains(10));
  }

  @Test
  void aHoldIsPlacedOnlyOnWhatIsThere() {
    committed(10);
    apply(journal, floor(5));
    assertThat(apply(journal, hold("early", 4), hold("late", 11)))
        .containsExactly(
            new Outcome.HoldRefused(Outcome.HoldRefused.Reason.BELOW_FLOOR, 5, 10),
            new Outcome.HoldRefused(Outcome.HoldRefused.Reason.BEYOND_HEAD, 5, 10));
    for (int i = 1; i <= 32; i++) {
      assertThat(apply(journal, hold("hold-" + i, 6))).containsExactly(new Outcome.Retains(5));
    }
    assertThat(apply(journal, hold("one more", 6), hold("hold-7", 9)))
        .containsExactly(
            new Outcome.HoldRefused(Outcome.HoldRefused.Reason.TOO_MANY, 5, 10),
            new Outcome.Retains(5));
  }

  @Test
  void aHoldEndsWithItsLeaseInReplicatedTimeAndNotDuringAGrace() {
    committed(10);
    apply(journal, retain(new RetentionChange.PlaceHold("lease", 4, 1_000)));
    apply(journal, new Command.Tick(0, 999, 0));
    assertThat(apply(journal, floor(9))).containsExactly(new Outcome.Retains(4));
    apply(journal, new Command.Tick(journal.head().clock().mark(), 1, 500));
    assertThat(apply(journal, floor(9))).containsExactly(new Outcome.Retains(4));
    apply(journal, new Command.Tick(journal.head().clock().mark(), 500, 0));
    assertThat(apply(journal, floor(9))).containsExactly(new Outcome.Retains(9));
    assertThat(journal.head().retention().holds()).isEmpty();
  }

  /** A replica may have collected the deletion and another not: nothing may tell. */
  @Test
  void aKeyThatWasDeletedIsAsOneThatNeverWas() {
    apply(journal, put("a", "1"));
    apply(journal, delete("a"));
    apply(journal, put("a", "2"));
    Effect created = new Effect(KEY, new KeyState.Stored(Value.of("2")), 0);
    assertThat(journal.feed().resume(2, Selection.EVERYTHING, () -> {}).next())
        .asString()
        .contains(created.toString());
  }
}
