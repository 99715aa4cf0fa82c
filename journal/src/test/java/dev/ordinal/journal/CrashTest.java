package dev.ordinal.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ordinal.journal.state.Head;
import dev.ordinal.journal.store.MemoryStateStore;
import dev.ordinal.journal.store.PageLimit;
import dev.ordinal.journal.store.RocksStateStore;
import dev.ordinal.journal.transaction.KeyRange;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that applies slots is killed; what it left goes on as if nothing had happened. */
class CrashTest {
  private static final int KILLS = 4;

  @TempDir Path parent;

  /** The last line that the writer printed before it died. */
  private record LastWords(long appliedSlot, long durableSlot) {}

  @Test
  void afterAKillTheStateIsThatOfASlotFromTheLastFlushOn() throws Exception {
    Path dir = parent.resolve("state");
    RocksStateStore.format(dir, EndlessWriter.OWNER.cluster(), EndlessWriter.INITIAL);
    try (Journal model =
        Journal.open(
            new MemoryStateStore(EndlessWriter.INITIAL), FlushPolicy.STANDARD, failure -> {})) {
      for (int kill = 1; kill <= KILLS; kill++) {
        LastWords last = writeAndKill(dir, 150 * kill);
        try (Journal journal = EndlessWriter.open(dir, FlushPolicy.STANDARD)) {
          long slot = journal.head().slot().slot();
          assertThat(slot).isBetween(last.durableSlot(), last.appliedSlot() + 1);
          catchUp(model, slot);
          assertSame(journal, model);
          catchUp(journal, last.appliedSlot() + 10);
          catchUp(model, last.appliedSlot() + 10);
          assertSame(journal, model);
        }
      }
    }
  }

  private static void catchUp(Journal journal, long slot) {
    while (journal.head().slot().slot() < slot) {
      EndlessWriter.applyNext(journal);
    }
  }

  private static void assertSame(Journal journal, Journal model) {
    Head head = journal.head();
    assertThat(head).isEqualTo(model.head());
    PageLimit page = new PageLimit(1_000, 1 << 20);
    for (long order : List.of(head.order().order(), head.order().order() / 2)) {
      assertThat(journal.reader().scan(KeyRange.EVERYTHING, order, page))
          .isEqualTo(model.reader().scan(KeyRange.EVERYTHING, order, page));
    }
  }

  private LastWords writeAndKill(Path dir, int linesMin) throws Exception {
    Path said = Files.createTempFile(parent, "said", "");
    Process writer =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:TieredStopAtLevel=1",
                "-Djava.io.tmpdir=" + parent,
                "-cp",
                System.getProperty("java.class.path"),
                EndlessWriter.class.getName(),
                dir.toString())
            .redirectOutput(said.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      await()
          .atMost(Duration.ofMinutes(2))
          .until(() -> !writer.isAlive() || Files.readAllLines(said).size() > linesMin);
      assertThat(writer.isAlive()).as("the writer runs until it is killed").isTrue();
    } finally {
      writer.destroyForcibly().waitFor();
    }
    return lastWords(Files.readAllLines(said));
  }

  /** The kill may have cut off the last line. */
  private static LastWords lastWords(List<String> lines) {
    LastWords last = new LastWords(0, 0);
    for (String line : lines) {
      int space = line.indexOf(' ');
      if (space > 0 && space + 1 < line.length()) {
        last =
            new LastWords(
                Long.parseLong(line.substring(0, space)),
                Long.parseLong(line.substring(space + 1)));
      }
    }
    return last;
  }
}
