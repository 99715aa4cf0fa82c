package dev.ordinal.journal;

import static dev.ordinal.journal.Commands.apply;
import static dev.ordinal.journal.Commands.delete;
import static dev.ordinal.journal.Commands.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.ordinal.journal.codec.CommandEncoder;
import dev.ordinal.journal.outcome.Outcome;
import dev.ordinal.journal.record.KeyState;
import dev.ordinal.journal.record.Row;
import dev.ordinal.journal.record.Version;
import dev.ordinal.journal.state.Head;
import dev.ordinal.journal.store.PageLimit;
import dev.ordinal.journal.store.RocksStateStore;
import dev.ordinal.journal.store.ScanPage;
import dev.ordinal.journal.store.StateMemory;
import dev.ordinal.journal.store.StateOwner;
import dev.ordinal.journal.store.StorageFailure;
import dev.ordinal.journal.transaction.Group;
import dev.ordinal.journal.transaction.Key;
import dev.ordinal.journal.transaction.KeyRange;
import dev.ordinal.journal.transaction.Mode;
import dev.ordinal.journal.transaction.Operation;
import dev.ordinal.journal.transaction.Origin;
import dev.ordinal.journal.transaction.Policy;
import dev.ordinal.journal.transaction.Snapshot;
import dev.ordinal.journal.transaction.Transaction;
import dev.ordinal.journal.transaction.Value;
import dev.ordinal.journal.validation.Horizon;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
  private static final StateOwner OWNER = new StateOwner(1, 2);
  private static final FlushPolicy NEVER = new FlushPolicy(Long.MAX_VALUE, Duration.ofDays(1));
  private static final PageLimit PAGE = new PageLimit(100, 1 << 20);

  @TempDir Path parent;
  private Path dir;
  private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();

  @BeforeEach
  void format() {
    dir = parent.resolve("state");
    RocksStateStore.format(
        dir, OWNER.cluster(), Head.initial(OWNER.history(), Horizon.Limits.SMALL));
  }

  private Journal open(FlushPolicy policy) {
    return Journal.open(RocksStateStore.open(dir, OWNER, StateMemory.SMALL), policy, failure::set);
  }

  @Test
  void everyOrderIsReadAsItWasAlsoAfterARestart() {
    try (Journal journal = open(NEVER)) {
      assertThat(apply(journal, put("a", "1"), put("b", "1")))
          .allSatisfy(outcome -> assertThat(outcome).isInstanceOf(Outcome.Committed.class));
      apply(journal, put("a", "2"));
      apply(journal, delete("b"), put("c", "4"));
      assertThat(journal.durableSlot()).isZero();
    }
    try (Journal journal = open(NEVER)) {
      assertThat(journal.durableSlot()).isEqualTo(3);
      assertThat(rows(journal, 0)).isEmpty();
      assertThat(rows(journal, 2)).containsExactly(row("a", 1, "1"), row("b", 2, "1"));
      assertThat(rows(journal, 3)).containsExactly(row("a", 3, "2"), row("b", 2, "1"));
      assertThat(rows(journal, 5)).containsExactly(row("a", 3, "2"), row("c", 5, "4"));
    }
  }

  private static List<Row> rows(Journal journal, long order) {
    ScanPage scanned = journal.reader().scan(KeyRange.EVERYTHING, order, PAGE);
    List<Key> keys = List.of(Key.of("a"), Key.of("b"), Key.of("c"));
    assertThat(journal.reader().read(keys, order, PAGE)).isEqualTo(scanned);
    return scanned.rows();
  }

  private static Row row(String key, long order, String value) {
    return new Row(Key.of(key), new Version(order, new KeyState.Stored(Value.of(value))));
  }

  @Test
  void aReadOfKeysGoesOnWhereAPageEnded() {
    try (Journal journal = open(NEVER)) {
      apply(journal, put("a", "1"), put("b", "1"), put("c", "1"));
      List<Key> keys = List.of(Key.of("b"), Key.of("x"), Key.of("a"), Key.of("c"));
      ScanPage page = journal.reader().read(keys, 3, new PageLimit(2, 1000));
      assertThat(page.rows()).containsExactly(row("b", 2, "1"), row("a", 1, "1"));
      assertThat(page.resumeAt()).isEqualTo(Key.of("c"));
    }
  }

  @Test
  void anOrderThatHasNotComeIsNotRead() {
    try (Journal journal = open(NEVER)) {
      apply(journal, put("a", "1"));
      assertThatThrownBy(() -> journal.reader().get(Key.of("a"), 2))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("order ID 2 cannot be read: this replica has 0 to 1");
    }
  }

  @Test
  void commandsOfTheLogAreDecodedAndWhatIsNoneIsMalformed() {
    try (Journal journal = open(NEVER)) {
      List<byte[]> commands = List.of(CommandEncoder.encode(put("a", "1")), new byte[] {-1});
      assertThat(journal.applyEncoded(1, Commands.entryHash(1), commands))
          .satisfiesExactly(
              first -> assertThat(first).isInstanceOf(Outcome.Committed.class),
              second -> assertThat(second).isInstanceOf(Outcome.Malformed.class));
    }
  }

  @Test
  void aConflictIsForegoneBeforeItEntersTheLog() {
    try (Journal journal = open(NEVER)) {
      apply(journal, put("a", "1"), put("a", "2"));
      assertThat(journal.foregone(putHavingRead("a", 1))).isInstanceOf(Outcome.Refused.class);
      assertThat(journal.foregone(putHavingRead("a", 2))).isNull();
    }
  }

  private static Transaction putHavingRead(String key, long order) {
    return new Transaction(
        Origin.NONE,
        new Snapshot(OWNER.history(), order),
        Mode.KEYS,
        Policy.ALL,
        List.of(Group.of(new Operation.Put(Key.of(key), Value.of("x"), false))),
        List.of());
  }

  @Test
  void theStateBecomesDurableWhenEnoughWasApplied() {
    try (Journal journal = open(new FlushPolicy(250, Duration.ofDays(1)))) {
      for (int i = 0; i < 3; i++) {
        apply(journal, put("a", "1"));
      }
      await().until(() -> journal.durableSlot() == 3);
    }
  }

  @Test
  void theStateBecomesDurableWhenItIsOldEnough() {
    try (Journal journal = open(new FlushPolicy(Long.MAX_VALUE, Duration.ofMillis(1)))) {
      apply(journal, put("a", "1"));
      await().until(() -> journal.durableSlot() == 1);
      apply(journal, put("a", "2"));
      await().until(() -> journal.durableSlot() == 2);
    }
  }

  @Test
  void aFlushThatFailsIsReportedAndStopsTheJournal() throws IOException {
    try (Journal journal = open(new FlushPolicy(1, Duration.ofDays(1)))) {
      removeDirectory();
      apply(journal, put("a", "1"));
      await().until(() -> failure.get() != null);
      assertThat(failure.get()).isInstanceOf(StorageFailure.class);
      assertThatThrownBy(() -> apply(journal, put("a", "2"))).isInstanceOf(StorageFailure.class);
      assertThat(journal.durableSlot()).isZero();
    }
  }

  private void removeDirectory() throws IOException {
    try (Stream<Path> inside = Files.walk(dir)) {
      for (Path path : inside.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
