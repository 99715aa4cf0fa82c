package dev.ordinal.consensus.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ordinal.consensus.log.DirectoryRefused.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
  private final Identity identity =
      Identity.founder(UUID.randomUUID(), UUID.randomUUID(), 2, List.of(3, 1, 2));

  @TempDir private Path temporary;
  private Path dir = Path.of("");

  @BeforeEach
  void choose() {
    dir = temporary.resolve("node");
  }

  @Test
  void aFormattedDirectoryKnowsItsOwner() {
    DataDirectory.format(dir, identity, identity.firstConfiguration(_ -> ""));

    assertThat(DataDirectory.identify(dir)).isEqualTo(identity);
    assertThat(DataDirectory.identify(dir, identity.clusterId(), 2)).isEqualTo(identity);
    assertThat(identity.members()).containsExactly(1, 2, 3);
  }

  @Test
  void aServerNeverFormats() {
    refused(Reason.UNFORMATTED, () -> DataDirectory.identify(dir), "run 'ordinal format' once");
    refused(Reason.UNFORMATTED, () -> RocksLog.open(dir), "is not formatted");
  }

  @Test
  void aDirectoryIsFormattedOnce() {
    DataDirectory.format(dir, identity, identity.firstConfiguration(_ -> ""));
    refused(
        Reason.NOT_EMPTY,
        () -> DataDirectory.format(dir, identity, identity.firstConfiguration(_ -> "")),
        "already holds 'identity'");
  }

  @Test
  void anotherClustersOrNodesDirectoryIsRefused() {
    DataDirectory.format(dir, identity, identity.firstConfiguration(_ -> ""));
    UUID other = UUID.randomUUID();

    refused(
        Reason.OTHER_OWNER,
        () -> DataDirectory.identify(dir, other, 2),
        "not to node 2 of cluster " + other);
    refused(
        Reason.OTHER_OWNER,
        () -> DataDirectory.identify(dir, identity.clusterId(), 3),
        "belongs to node 2");
  }

  @Test
  void aNewerFormatIsRefusedByItsNumber() throws IOException {
    DataDirectory.format(dir, identity, identity.firstConfiguration(_ -> ""));
    Files.writeString(dir.resolve("identity"), "ordinal data directory, format 7\nwhatever\n");

    refused(
        Reason.OTHER_FORMAT, () -> RocksLog.open(dir), "has format 7, this program knows format 2");
  }

  @Test
  void oneIntactCopyIsEnough() throws IOException {
    DataDirectory.format(dir, identity, identity.firstConfiguration(_ -> ""));
    String text = Files.readString(dir.resolve("identity"));

    Files.writeString(dir.resolve("identity"), text.replace("node 2", "node 3"));
    assertThat(DataDirectory.identify(dir)).isEqualTo(identity);
    Files.delete(dir.resolve("identity"));
    assertThat(DataDirectory.identify(dir)).isEqualTo(identity);
    Files.writeString(dir.resolve("identity.copy"), text.replace("node 2", "node 3"));
    refused(Reason.UNREADABLE, () -> DataDirectory.identify(dir), "checksum is wrong");
  }

  @Test
  void aDirectoryIsOpenOnce() {
    DataDirectory.format(dir, identity, identity.firstConfiguration(_ -> ""));
    try (LogStore log = ((Opened.Clean) RocksLog.open(dir)).log()) {
      refused(Reason.IN_USE, () -> RocksLog.open(dir), "open in another process");
      assertThat(log.boot()).isEqualTo(1);
    }
  }

  @Test
  void aLostLogIsDamageAndNotANewLog() throws IOException {
    DataDirectory.format(dir, identity, identity.firstConfiguration(_ -> ""));
    Files.delete(dir.resolve("log").resolve("mark"));

    assertThat(RocksLog.open(dir))
        .isInstanceOfSatisfying(
            Opened.Damaged.class,
            damaged -> assertThat(damaged.reason()).contains("the log or its mark is gone"));
  }

  @Test
  void aNodeIsAMemberOfItsCluster() {
    UUID id = UUID.randomUUID();
    assertThatThrownBy(() -> Identity.founder(id, id, 4, List.of(1, 2)))
        .hasMessageContaining("node 4 is not one of the cluster's members [1, 2]");
  }

  private static void refused(Reason reason, ThrowingCallable call, String message) {
    DirectoryRefused refused = catchThrowableOfType(DirectoryRefused.class, call);
    assertThat(refused).isNotNull().hasMessageContaining(message);
    assertThat(refused.reason()).isEqualTo(reason);
  }
}
