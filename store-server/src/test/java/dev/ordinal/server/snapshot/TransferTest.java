package dev.ordinal.server.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.ordinal.proto.peer.v1.SnapshotFile;
import dev.ordinal.proto.peer.v1.SnapshotManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The parts of a transfer, one by one. */
class TransferTest {
  @TempDir private Path folder;

  @Test
  void aRateSpreadsBytesOverTimeAndSavesNothingUp() {
    long[] now = {0};
    ByteRate rate = new ByteRate(1_000, () -> now[0]);
    assertThat(rate.nanosUntil(500)).isZero();
    assertThat(rate.nanosUntil(500)).isEqualTo(500_000_000);
    now[0] = 10_000_000_000L;
    assertThat(rate.nanosUntil(2_000)).isZero();
    assertThat(rate.nanosUntil(1)).isEqualTo(2_000_000_000);
  }

  @Test
  void aNewerSnapshotKeepsOnlyTheFilesThatAreStillPartOfIt() throws IOException {
    Incoming incoming = new Incoming(folder.resolve("incoming"));
    SnapshotFile same = file("1.sst", "same");
    incoming.begin(manifest(same, file("MANIFEST-1", "old")));
    Files.writeString(incoming.file(same), "sam");
    Files.writeString(incoming.files().resolve("MANIFEST-1"), "old");

    incoming.begin(manifest(same, file("MANIFEST-1", "new")));

    assertThat(Folders.files(incoming.files())).containsExactly(incoming.file(same));
    assertThat(incoming.length(same)).isEqualTo(3);
    assertThat(incoming.lacks(same)).isTrue();
  }

  @Test
  void aFileOfTheOwnStateIsLinkedOnlyIfItIsTheSame() throws IOException {
    Path state = Files.createDirectories(folder.resolve("state"));
    Files.writeString(state.resolve("1.sst"), "here");
    Incoming incoming = new Incoming(folder.resolve("incoming"));
    SnapshotFile other = file("1.sst", "else");
    incoming.begin(manifest(other));
    assertThat(incoming.link(other, state)).isFalse();
    SnapshotFile same = file("1.sst", "here");
    incoming.begin(manifest(same));
    assertThat(incoming.link(same, state)).isTrue();
    assertThat(incoming.file(same)).hasContent("here");
  }

  @Test
  void aNameThatLeadsElsewhereIsRefused() {
    Incoming incoming = new Incoming(folder.resolve("incoming"));
    assertThatThrownBy(() -> incoming.begin(manifest(file("../identity", "x"))))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("../identity");
  }

  @Test
  void nothingIsFetchedOverASnapshotThatWaits() throws IOException {
    Incoming incoming = new Incoming(folder.resolve("incoming"));
    SnapshotManifest manifest = manifest(file("1.sst", "x"));
    incoming.begin(manifest);
    incoming.finish(manifest);
    assertThatThrownBy(() -> incoming.begin(manifest)).isInstanceOf(IllegalStateException.class);
  }

  private SnapshotFile file(String name, String content) {
    try {
      Path written = Files.writeString(folder.resolve("content"), content);
      return SnapshotFile.newBuilder()
          .setName(name)
          .setBytes(content.length())
          .setSha256(ByteString.copyFrom(FileDigest.of(written)))
          .build();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static SnapshotManifest manifest(SnapshotFile... files) {
    return SnapshotManifest.newBuilder().setId("id").addAllFiles(List.of(files)).build();
  }
}
