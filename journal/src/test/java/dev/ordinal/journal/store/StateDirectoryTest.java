package dev.ordinal.journal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.RocksDBException;

/** Who may open which directory, and what the others are told. */
class StateDirectoryTest {
  @TempDir Path parent;

  private Path formatted() {
    Path dir = parent.resolve("state");
    RocksStateStore.format(dir, RandomSlots.CLUSTER, RandomSlots.INITIAL);
    return dir;
  }

  private static RocksStateStore open(Path dir, StateOwner owner) {
    return RocksStateStore.open(dir, owner, StateMemory.SMALL);
  }

  @Test
  void aFormattedStateStandsBeforeTheFirstSlot() {
    try (RocksStateStore store = open(formatted(), RandomSlots.OWNER)) {
      assertThat(store.head()).isEqualTo(RandomSlots.INITIAL);
      assertThat(store.sessions()).isEmpty();
      assertThat(store.recordsAfter(0, 10)).isEmpty();
    }
  }

  @Test
  void aDirectoryWithoutStateIsRefused() {
    assertRefused(
        StateRefused.Reason.UNFORMATTED,
        () -> open(parent.resolve("nothing"), RandomSlots.OWNER),
        "nothing holds no state: run 'ordinal format'");
  }

  @Test
  void aStateIsNotFormattedAgain() {
    Path dir = formatted();
    assertRefused(
        StateRefused.Reason.NOT_EMPTY,
        () -> RocksStateStore.format(dir, RandomSlots.CLUSTER, RandomSlots.INITIAL),
        "already holds a state");
  }

  @Test
  void theStateOfAnotherHistoryOrClusterIsRefused() {
    Path dir = formatted();
    assertRefused(
        StateRefused.Reason.OTHER_OWNER,
        () -> open(dir, new StateOwner(RandomSlots.CLUSTER, 7)),
        "belongs to cluster 00000000000000c1, history 0000000000000041, not to",
        "history 0000000000000007");
    assertRefused(
        StateRefused.Reason.OTHER_OWNER,
        () -> open(dir, new StateOwner(9, RandomSlots.HISTORY)),
        "cluster 0000000000000009");
  }

  @Test
  void aNewerFormatIsRefused() throws RocksDBException {
    Path dir = formatted();
    byte[] newer = ByteBuffer.allocate(40).putInt(MetaBytes.FORMAT + 1).array();
    rewriteOwner(dir, newer);
    assertRefused(
        StateRefused.Reason.NEWER_FORMAT,
        () -> open(dir, RandomSlots.OWNER),
        "has format %d, this program knows formats up to %d"
            .formatted(MetaBytes.FORMAT + 1, MetaBytes.FORMAT));
  }

  private static void rewriteOwner(Path dir, byte[] row) throws RocksDBException {
    try (StateDatabase database = StateDatabase.open(dir, StateMemory.SMALL, List.of())) {
      database.put(StateFamily.META, MetaBytes.OWNER_ROW, row);
      database.write();
      database.flush();
    }
  }

  @Test
  void aStateThatIsOpenIsNotOpenedAgain() {
    Path dir = formatted();
    try (RocksStateStore first = open(dir, RandomSlots.OWNER)) {
      assertThat(first.head().slot().slot()).isZero();
      assertRefused(
          StateRefused.Reason.IN_USE, () -> open(dir, RandomSlots.OWNER), "stop that one first");
    }
  }

  @Test
  void aStateWithoutItsFilesIsDamaged() throws IOException {
    Path dir = formatted();
    for (Path table : files(dir, ".sst")) {
      Files.delete(table);
    }
    assertRefused(StateRefused.Reason.DAMAGED, () -> open(dir, RandomSlots.OWNER), "is damaged");
  }

  @Test
  void aTableWithOtherBytesThanWereWrittenIsNoticed() throws IOException {
    Path dir = formatted();
    for (Path table : files(dir, ".sst")) {
      byte[] bytes = Files.readAllBytes(table);
      for (int i = 0; i < 64; i++) {
        bytes[i] ^= 0x5A;
      }
      Files.write(table, bytes);
    }
    assertThatThrownBy(() -> open(dir, RandomSlots.OWNER))
        .isInstanceOfSatisfying(
            StorageFailure.class,
            failure -> assertThat(failure.kind()).isEqualTo(StorageFailure.Kind.CORRUPT))
        .hasMessageContaining("checksum mismatch");
  }

  private static List<Path> files(Path dir, String suffix) throws IOException {
    try (Stream<Path> files = Files.list(dir)) {
      return files.filter(file -> file.toString().endsWith(suffix)).toList();
    }
  }

  @Test
  void nothingSurvivesAClose() throws IOException {
    Path dir = formatted();
    long before = openFiles();
    int threads = Thread.activeCount();
    for (int i = 0; i < 100; i++) {
      try (RocksStateStore store = open(dir, RandomSlots.OWNER)) {
        assertThat(store.head().slot().slot()).isZero();
      }
    }
    assertThat(openFiles()).isLessThanOrEqualTo(before);
    assertThat(Thread.activeCount()).isLessThanOrEqualTo(threads);
  }

  /** Of this process, under {@code dir}. */
  private long openFiles() throws IOException {
    try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
      return descriptors.filter(this::isOurs).count();
    }
  }

  private boolean isOurs(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).startsWith(parent.toRealPath());
    } catch (IOException e) {
      return false;
    }
  }

  private static void assertRefused(
      StateRefused.Reason reason, ThrowingCallable attempt, String... told) {
    assertThatThrownBy(attempt)
        .isInstanceOfSatisfying(
            StateRefused.class, refused -> assertThat(refused.reason()).isEqualTo(reason))
        .hasMessageContainingAll(told);
  }
}
