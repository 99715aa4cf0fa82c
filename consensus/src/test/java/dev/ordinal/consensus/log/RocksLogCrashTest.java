package dev.ordinal.consensus.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ordinal.consensus.core.Ballot;
import dev.ordinal.consensus.core.Change;
import dev.ordinal.consensus.entry.LoggedEntry;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a log says and keeps after its process or its disk failed. */
class RocksLogCrashTest {
  private static final Ballot BALLOT = new Ballot(1, 1, 1);

  private final Chain chain = new Chain();

  @TempDir private Path temporary;
  private Path dir = Path.of("");

  @BeforeEach
  void format() {
    dir = temporary.resolve("node");
    DataDirectory.format(
        dir,
        Identity.founder(UUID.randomUUID(), UUID.randomUUID(), 1, List.of(1, 2, 3)),
        LogStoreConformance.FIRST_CONFIGURATION);
  }

  @Test
  void aKilledProcessLosesNothingThatWasDurable() throws Exception {
    long durable = 0;
    for (int kill = 1; kill <= 3; kill++) {
      Process writer = startWriter("exec", false);
      try (BufferedReader said = writer.inputReader()) {
        for (int lines = 200 * kill; lines > 0; lines--) {
          durable = Long.parseLong(said.readLine());
        }
        writer.toHandle().destroyForcibly(); // leaves its last words readable
        writer.waitFor();
        durable = Math.max(durable, said.lines().mapToLong(Long::parseLong).max().orElse(0));
      }
      assertThat(groupsOnDisk()).isGreaterThanOrEqualTo(durable);
    }
  }

  @Test
  void aFullDiskEndsTheLogAndKeepsWhatWasDurable() throws Exception {
    Process writer = startWriter("ulimit -f 40000; exec", true);
    List<String> said = writer.inputReader().lines().toList();

    assertThat(writer.waitFor()).isZero();
    assertThat(said.get(said.size() - 2)).startsWith("STORAGE cannot write group");
    assertThat(said.getLast()).startsWith("refused the log failed before: cannot write group");
    int durable = said.size() - 2;
    assertThat(durable).isGreaterThan(10);
    try (LogStore log = openUsable()) {
      List<LoggedEntry> read = log.read(1, Long.MAX_VALUE, Long.MAX_VALUE);
      assertThat(read).hasSizeGreaterThanOrEqualTo(durable);
      read.forEach(logged ->
          assertThat(logged.entry().payload())
              .isEqualTo(GroupWriter.payload(logged.slot(), 512 << logged.slot())));
    }
  }

  @Test
  void anUnfinishedLastGroupIsTornAndDropped() throws IOException {
    writeGroups(1, 4);
    try (MarkFile marks = MarkFile.open(mark()).orElseThrow()) {
      marks.write(marks.mark().synced(3, BALLOT).begun(4));
    }
    cutLastWal(10);

    Opened opened = RocksLog.open(dir);

    assertThat(opened).isInstanceOf(Opened.Torn.class);
    Opened.Torn torn = (Opened.Torn) opened;
    try (LogStore log = torn.log()) {
      assertThat(torn.group()).isEqualTo(4);
      assertThat(torn.image().group()).isEqualTo(3);
      chain.truncateFrom(4);
      log.write(4, List.of(chain.append("another 4")));
      assertThat(log.read(1, 9, Long.MAX_VALUE)).isEqualTo(chain.run(1, 4));
    }
    openClean().close();
  }

  @Test
  void aGroupThatNeverReachedTheLogIsTorn() throws IOException {
    writeGroups(1, 3);
    markBegun(4);

    Opened opened = RocksLog.open(dir);
    assertThat(opened).isInstanceOf(Opened.Torn.class);
    ((Opened.Torn) opened).log().close();
  }

  @Test
  void aLostDurableGroupIsDamage() throws IOException {
    writeGroups(1, 4);
    cutLastWal(10);

    assertDamaged("group 4 was durable, the log ends at 3");
    assertDamaged("group 4 was durable, the log ends at 3");
  }

  @Test
  void aFlippedBitInTheMiddleIsDamage() throws IOException {
    writeGroups(1, 50);
    Path wal = lastWal();
    flip(wal, Files.size(wal) / 2);

    assertDamaged("group 50 was durable, the log ends at 2");
  }

  @Test
  void aForgottenPromiseIsDamage() throws IOException {
    writeGroups(1, 2);
    try (MarkFile marks = MarkFile.open(mark()).orElseThrow()) {
      marks.write(marks.mark().synced(2, new Ballot(1, 9, 3)));
    }
    assertDamaged("1.9.3 was promised, the log says 1.1.1");
  }

  @Test
  void aTornSlotOfTheMarkLeavesTheOneThatWasSynced() throws IOException {
    writeGroups(1, 4);
    byte[] before = Files.readAllBytes(mark());
    markBegun(5);
    flip(mark(), Arrays.mismatch(before, Files.readAllBytes(mark())));

    openClean().close();
  }

  @Test
  void aMarkWithoutAnIntactSlotIsDamage() throws IOException {
    flip(mark(), 20);
    flip(mark(), 4096 + 20);
    assertDamaged("neither slot of the mark is intact");
  }

  @Test
  void aFlippedBitUnderADecidedEntryIsNeverServed() throws IOException {
    writeGroups(1, 50);
    openClean().close();
    flip(largest(".sst"), 100);

    try (LogStore log = openClean()) {
      assertThatThrownBy(() -> log.read(1, 50, Long.MAX_VALUE))
          .isInstanceOfSatisfying(
              LogFailure.class,
              failure -> assertThat(failure.kind()).isEqualTo(LogFailure.Kind.CORRUPT));
      assertThatThrownBy(() -> log.write(51, List.of()))
          .isInstanceOf(LogFailure.class)
          .hasMessageContaining("the log failed before");
    }
  }

  private void writeGroups(long from, long through) {
    try (LogStore log = openClean()) {
      for (long group = from; group <= through; group++) {
        log.write(
            group,
            List.of(
                new Change.SetBallots(BALLOT, BALLOT),
                chain.append("the entry of group " + group + ".".repeat(500)),
                new Change.SetDecided(group)));
      }
    }
  }

  private LogStore openClean() {
    return switch (RocksLog.open(dir)) {
      case Opened.Clean clean -> clean.log();
      case Opened other -> throw new AssertionError(other.toString());
    };
  }

  private void assertDamaged(String reason) {
    Opened opened = RocksLog.open(dir);
    assertThat(opened).isInstanceOf(Opened.Damaged.class);
    assertThat(((Opened.Damaged) opened).reason())
        .contains(reason)
        .contains(dir.toString())
        .contains("replace it by a new one");
  }

  private LogStore openUsable() {
    return switch (RocksLog.open(dir)) {
      case Opened.Clean clean -> clean.log();
      case Opened.Torn torn -> torn.log();
      case Opened.Damaged(String reason) -> throw new AssertionError(reason);
    };
  }

  /** Opens, reads everything, and answers how many groups there are. */
  private long groupsOnDisk() {
    try (LogStore log = openUsable()) {
      long base = log.base().slot();
      List<LoggedEntry> read = log.read(base + 1, Long.MAX_VALUE, Long.MAX_VALUE);
      read.forEach(logged ->
          assertThat(logged.entry().payload())
              .isEqualTo(GroupWriter.payload(logged.slot(), GroupWriter.sizeOf(logged.slot()))));
      assertThat(base % GroupWriter.BASE_STEP).isZero();
      assertThat(read).hasSizeBetween(1, 2 * (int) GroupWriter.BASE_STEP);
      return base + read.size();
    }
  }

  private void markBegun(long group) throws IOException {
    try (MarkFile marks = MarkFile.open(mark()).orElseThrow()) {
      marks.write(marks.mark().begun(group));
    }
  }

  private Path mark() {
    return dir.resolve("log").resolve("mark");
  }

  /** The write-ahead file that holds the groups: the others are empty. */
  private Path lastWal() throws IOException {
    return largest(".log");
  }

  private Path largest(String ending) throws IOException {
    try (Stream<Path> files = Files.list(dir.resolve("log").resolve("db"))) {
      return files
          .filter(file -> file.toString().endsWith(ending))
          .max(Comparator.comparingLong(file -> file.toFile().length()))
          .orElseThrow();
    }
  }

  private void cutLastWal(long bytes) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(lastWal().toFile(), "rw")) {
      file.setLength(file.length() - bytes);
    }
  }

  private static void flip(Path file, long at) throws IOException {
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      bytes.seek(at);
      int was = bytes.read();
      bytes.seek(at);
      bytes.write(was ^ 0x10);
    }
  }

  private Process startWriter(String prefix, boolean growing) throws IOException {
    List<String> java = new ArrayList<>();
    java.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    java.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED"));
    java.add("-Djava.io.tmpdir=" + temporary);
    java.addAll(List.of("-cp", System.getProperty("java.class.path")));
    java.addAll(List.of(GroupWriter.class.getName(), dir.toString(), String.valueOf(growing)));
    return new ProcessBuilder(inShell(prefix, java))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static List<String> inShell(String prefix, List<String> command) {
    List<String> shell = new ArrayList<>(List.of("bash", "-c", prefix + " \"$@\"", "bash"));
    shell.addAll(command);
    return shell;
  }
}
