package dev.ordinal.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ordinal.journal.retention.RetentionChange;
import dev.ordinal.journal.retention.RetentionPolicy;
import dev.ordinal.journal.state.Head;
import dev.ordinal.journal.store.RocksStateStore;
import dev.ordinal.journal.store.StateMemory;
import dev.ordinal.journal.store.StateOwner;
import dev.ordinal.journal.transaction.Command;
import dev.ordinal.journal.transaction.Key;
import dev.ordinal.journal.transaction.Operation;
import dev.ordinal.journal.transaction.Value;
import dev.ordinal.journal.validation.Horizon;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A thousand nodes that each write a heartbeat every ten seconds, a hundred a slot, a slot a second
 * of replicated time: journal, versions and disk stay bounded. By default ten minutes of it; {@code
 * -Dordinal.heartbeats=8640000} is a day (docs/benchmarks.md has what it printed).
 */
class HeartbeatDayTest {
  private static final int HEARTBEATS = Integer.getInteger("ordinal.heartbeats", 60_000);
  private static final int NODES = 1_000;
  private static final int A_SLOT = 100;
  private static final int VALUE_BYTES = 64;
  private static final int LINES = 24;
  private static final StateOwner OWNER = new StateOwner(1, 1);

  /** A sixtieth of what is written, in the ten minutes as in a day. */
  private static final RetentionPolicy POLICY =
      new RetentionPolicy(HEARTBEATS / 60, 0, HEARTBEATS * 10L / 60);

  private static final Horizon.Limits HORIZON =
      new Horizon.Limits(Math.min(HEARTBEATS / 100, 1 << 16), 16L << 20);

  @TempDir Path parent;

  private final Random random = new Random(1);
  private long longestApplyNanos;

  @Test
  void aDayOfHeartbeatsLeavesWhatThePolicyKeeps() {
    Path dir = parent.resolve("state");
    RocksStateStore.format(dir, OWNER.cluster(), Head.initial(OWNER.history(), HORIZON));
    StateMemory memory =
        HEARTBEATS > 1_000_000 ? StateMemory.SMALL : new StateMemory(8 << 20, 2 << 20, 0, 1 << 20);
    try (Journal journal =
        Journal.open(
            RocksStateStore.open(dir, OWNER, memory),
            new FlushPolicy(HEARTBEATS * 5L, Duration.ofSeconds(30)),
            failure -> {
              throw failure;
            })) {
      apply(journal, List.of(new Command.Retain(new RetentionChange.SetPolicy(POLICY))));
      write(journal, dir);
      requireBounded(journal, dir);
    }
  }

  private void write(Journal journal, Path dir) {
    long began = System.nanoTime();
    long highestDisk = 0;
    System.out.println("heartbeats  order     floor     collected  versions  disk MiB  wait ms");
    for (int written = 0; written < HEARTBEATS; written += A_SLOT) {
      apply(journal, heartbeats(written));
      if (written % (HEARTBEATS / LINES / A_SLOT * A_SLOT) == 0) {
        highestDisk = Math.max(highestDisk, diskBytes(dir));
        System.out.println(line(journal, dir, written));
      }
    }
    System.out.println(line(journal, dir, HEARTBEATS));
    System.out.printf(
        "%d s, longest apply %.1f ms, most disk %.1f MiB%n",
        TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began),
        longestApplyNanos / 1e6,
        highestDisk / 1048576.0);
  }

  private List<Command> heartbeats(int from) {
    List<Command> commands = new ArrayList<>();
    for (int i = from; i < from + A_SLOT; i++) {
      byte[] value = new byte[VALUE_BYTES];
      random.nextBytes(value);
      Key node = Key.of("node/%06d/heartbeat".formatted(i % NODES));
      commands.add(Commands.submit(new Operation.Put(node, Value.wrap(value), true)));
    }
    return commands;
  }

  /** A slot of a leader: what came in, a second of time, and the floor if it should move. */
  private void apply(Journal journal, List<Command> commands) {
    List<Command> slot = new ArrayList<>(commands);
    Head head = journal.head();
    slot.add(new Command.Tick(head.clock().mark(), 1_000, 0));
    journal
        .wantedFloor()
        .ifPresent(floor -> slot.add(new Command.Retain(new RetentionChange.MoveFloor(floor))));
    long next = head.slot().slot() + 1;
    long began = System.nanoTime();
    journal.apply(next, Commands.entryHash(next), slot, (long) slot.size() * VALUE_BYTES);
    longestApplyNanos = Math.max(longestApplyNanos, System.nanoTime() - began);
  }

  private static String line(Journal journal, Path dir, int written) {
    Head head = journal.head();
    return "%-10d  %-8d  %-8d  %-9d  %-8d  %-8.1f  %.1f"
        .formatted(
            written,
            head.order().order(),
            head.retention().floor(),
            journal.collection().through(),
            versions(journal),
            diskBytes(dir) / 1048576.0,
            journal.collection().longestWaitNanos() / 1e6);
  }

  private static long versions(Journal journal) {
    return journal.head().order().order() - journal.collection().removed();
  }

  private static void requireBounded(Journal journal, Path dir) {
    Head head = journal.head();
    long floor = head.retention().floor();
    long kept = POLICY.ordersMax() + POLICY.ordersMax() / 8 + A_SLOT;
    assertThat(head.order().order() - floor).isLessThanOrEqualTo(kept);
    long through = Math.min(floor, head.horizon().order());
    await().atMost(Duration.ofMinutes(2)).until(() -> journal.collection().through() == through);
    assertThat(versions(journal)).isLessThanOrEqualTo(NODES + head.order().order() - through);
    var _ = journal.flush();
    assertThat(diskBytes(dir)).isLessThan((long) HEARTBEATS * VALUE_BYTES);
  }

  private static long diskBytes(Path dir) {
    try (Stream<Path> files = Files.list(dir)) {
      return files.mapToLong(HeartbeatDayTest::size).sum();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Files come and go. */
  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (NoSuchFileException gone) {
      return 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
