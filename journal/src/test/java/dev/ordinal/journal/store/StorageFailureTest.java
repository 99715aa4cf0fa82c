package dev.ordinal.journal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ordinal.journal.state.Changes;
import dev.ordinal.journal.transaction.Key;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the store does when the disk fails it. */
class StorageFailureTest {
  @TempDir Path parent;
  private Path dir;
  private RocksStateStore store;
  private final RandomSlots slots = new RandomSlots(1);

  @BeforeEach
  void open() {
    dir = parent.resolve("state");
    RocksStateStore.format(dir, RandomSlots.CLUSTER, RandomSlots.INITIAL);
    store = RocksStateStore.open(dir, RandomSlots.OWNER, StateMemory.SMALL);
    store.write(slots.next());
  }

  @Test
  void afterAFailedFlushNothingIsWrittenAnyMore() throws IOException {
    removeDirectory();
    assertThatThrownBy(store::flush)
        .isInstanceOfSatisfying(
            StorageFailure.class,
            failure -> assertThat(failure.kind()).isEqualTo(StorageFailure.Kind.STORAGE))
        .hasMessageContaining("flushing the state in " + dir);
    assertThatThrownBy(() -> store.write(slots.next())).isInstanceOf(StorageFailure.class);
    assertThatThrownBy(store::flush).isInstanceOf(StorageFailure.class);
    store.close();
  }

  private void removeDirectory() throws IOException {
    try (Stream<Path> inside = Files.walk(dir)) {
      for (Path path : inside.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  @Test
  void aWriteThatDoesNotFollowTheHeadChangesNothing() {
    Changes skipped = slots.next();
    Changes next = slots.next();
    assertThatThrownBy(() -> store.write(next))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("slot 3 cannot follow slot 1");
    store.write(skipped);
    assertThat(store.head()).isEqualTo(skipped.head());
    store.close();
  }

  @Test
  void whatIsAskedAfterTheEndIsRefused() {
    store.close();
    assertThatThrownBy(() -> store.latest(List.of(Key.of("k"))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
    assertThatThrownBy(store::flush).isInstanceOf(IllegalStateException.class);
  }
}
