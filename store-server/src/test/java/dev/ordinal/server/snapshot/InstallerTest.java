package dev.ordinal.server.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ordinal.consensus.core.Change;
import dev.ordinal.consensus.core.Image;
import dev.ordinal.consensus.entry.Entry;
import dev.ordinal.consensus.entry.EntryHash;
import dev.ordinal.consensus.entry.LoggedEntry;
import dev.ordinal.consensus.log.DataDirectory;
import dev.ordinal.consensus.log.Identity;
import dev.ordinal.consensus.log.LogStore;
import dev.ordinal.consensus.log.MemoryLog;
import dev.ordinal.consensus.log.Opened;
import dev.ordinal.consensus.log.RocksLog;
import dev.ordinal.journal.FlushPolicy;
import dev.ordinal.journal.Journal;
import dev.ordinal.journal.record.Digest;
import dev.ordinal.journal.state.Head;
import dev.ordinal.journal.store.RocksStateStore;
import dev.ordinal.journal.store.StateMemory;
import dev.ordinal.journal.store.StateOwner;
import dev.ordinal.journal.validation.Horizon;
import dev.ordinal.proto.peer.v1.SnapshotManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a start does with a snapshot, and what it does after an end between any two steps. */
class InstallerTest {
  private static final StateOwner OWNER = new StateOwner(7, 9);
  private static final long SLOT = 5;

  @TempDir private Path folder;
  private Path dir = Path.of("");
  private Path state = Path.of("");
  private Incoming incoming = new Incoming(Path.of(""));

  @BeforeEach
  void stageASnapshot() throws IOException {
    dir = folder.resolve("node");
    state = dir.resolve("state");
    RocksStateStore.format(state, OWNER.cluster(), Head.initial(9, Horizon.Limits.SMALL));
    Identity identity = Identity.founder(UUID.randomUUID(), UUID.randomUUID(), 1, List.of(1, 2, 3));
    DataDirectory.format(dir, identity, identity.firstConfiguration());
    incoming = new Incoming(Installer.incoming(dir));
    SnapshotManifest manifest = takeElsewhere(identity);
    incoming.finish(manifest);
  }

  /** Another replica has applied more. */
  private SnapshotManifest takeElsewhere(Identity identity) throws IOException {
    Path other = folder.resolve("other");
    RocksStateStore.format(other, OWNER.cluster(), Head.initial(9, Horizon.Limits.SMALL));
    RocksStateStore store = RocksStateStore.open(other, OWNER, StateMemory.SMALL);
    try (Journal journal = Journal.open(store, FlushPolicy.STANDARD, _ -> {});
        Outgoing outgoing =
            new Outgoing(
                folder.resolve("outgoing"),
                new Outgoing.Source(store, OWNER, new MemoryLog(identity.firstConfiguration())))) {
      for (LoggedEntry entry : entries()) {
        Digest hash = Digest.wrap(entry.hash().toByteArray());
        var _ = journal.apply(entry.slot(), hash, List.of(), 0);
      }
      SnapshotManifest manifest = Objects.requireNonNull(outgoing.offer(SLOT));
      incoming.begin(manifest);
      for (var file : manifest.getFilesList()) {
        Path from = Objects.requireNonNull(outgoing.file(manifest.getId(), file.getName()));
        Files.copy(from, incoming.file(file));
      }
      return manifest;
    }
  }

  private static List<LoggedEntry> entries() {
    LoggedEntry[] entries = new LoggedEntry[(int) SLOT];
    EntryHash hash = EntryHash.START;
    for (int i = 0; i < entries.length; i++) {
      entries[i] = LoggedEntry.after(hash, i + 1, Entry.barrier());
      hash = entries[i].hash();
    }
    return List.of(entries);
  }

  @Test
  void theLogMovesFirstThenTheState() throws IOException {
    assertThat(step()).isTrue();
    assertThat(image().decided()).isEqualTo(SLOT);
    assertThat(appliedSlot()).isZero();

    assertThat(step()).isTrue();
    assertThat(appliedSlot()).isEqualTo(SLOT);
    assertThat(Installer.incoming(dir)).doesNotExist();

    assertThat(step()).isFalse();
  }

  @Test
  void anEndBetweenTheStateAndTheNoteIsNoMatter() throws IOException {
    assertThat(step()).isTrue();
    incoming.replace(state);
    assertThat(appliedSlot()).isEqualTo(SLOT);

    new Installer(dir, state).run();

    assertThat(appliedSlot()).isEqualTo(SLOT);
    assertThat(Installer.incoming(dir)).doesNotExist();
  }

  @Test
  void anEndBetweenTheTwoRenamesOfTheStateIsNoMatter() throws IOException {
    assertThat(step()).isTrue();
    Files.move(state, dir.resolve("state.replaced"));

    new Installer(dir, state).run();

    assertThat(appliedSlot()).isEqualTo(SLOT);
    assertThat(dir.resolve("state.replaced")).doesNotExist();
  }

  @Test
  void aSnapshotThatTheLogHasPassedIsDropped() throws IOException {
    try (LogStore log = openLog()) {
      List<Change> changes = new ArrayList<>();
      entries().forEach(entry -> changes.add(new Change.Append(entry)));
      changes.add(new Change.SetDecided(SLOT));
      log.write(1, changes);
    }
    new Installer(dir, state).run();

    assertThat(appliedSlot()).isZero();
    assertThat(Installer.incoming(dir)).doesNotExist();
  }

  @Test
  void whatIsNotCompleteIsNotInstalled() throws IOException {
    Files.delete(Installer.incoming(dir).resolve("complete"));
    assertThat(step()).isFalse();
    assertThat(image().decided()).isZero();
    assertThat(incoming.files()).exists();
  }

  private boolean step() throws IOException {
    return new Installer(dir, state).step();
  }

  private long appliedSlot() {
    return RocksStateStore.inspect(state, OWNER).slot().slot();
  }

  private Image image() {
    if (RocksLog.open(dir) instanceof Opened.Clean(LogStore log, Image image)) {
      log.close();
      return image;
    }
    throw new AssertionError("the log is not clean");
  }

  private LogStore openLog() {
    if (RocksLog.open(dir) instanceof Opened.Clean(LogStore log, Image _)) {
      return log;
    }
    throw new AssertionError("the log is not clean");
  }
}
