package dev.ordinal.journal;

import dev.ordinal.journal.state.Head;
import dev.ordinal.journal.store.RocksStateStore;
import dev.ordinal.journal.store.StateMemory;
import dev.ordinal.journal.store.StateOwner;
import dev.ordinal.journal.transaction.Command;
import dev.ordinal.journal.validation.Horizon;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A program that applies slots until it is killed. It prints a line {@code applied durable} after
 * each; its one argument is the directory of the state.
 */
final class EndlessWriter {
  static final StateOwner OWNER = new StateOwner(1, 2);
  static final Head INITIAL = Head.initial(OWNER.history(), Horizon.Limits.SMALL);

  private EndlessWriter() {}

  public static void main(String[] arguments) {
    FlushPolicy often = new FlushPolicy(Long.MAX_VALUE, Duration.ofMillis(20));
    try (Journal journal = open(Path.of(arguments[0]), often)) {
      while (!Thread.interrupted()) {
        applyNext(journal);
        System.out.println(journal.head().slot().slot() + " " + journal.durableSlot());
      }
    }
  }

  static Journal open(Path directory, FlushPolicy policy) {
    return Journal.open(
        RocksStateStore.open(directory, OWNER, StateMemory.SMALL), policy, EndlessWriter::halt);
  }

  private static void halt(RuntimeException failure) {
    failure.printStackTrace();
    Runtime.getRuntime().halt(1);
  }

  static void applyNext(Journal journal) {
    long slot = journal.head().slot().slot() + 1;
    journal.apply(slot, Commands.entryHash(slot), commands(slot), 200);
  }

  /** What {@code slot} holds, always the same. */
  private static List<Command> commands(long slot) {
    return List.of(
        Commands.put("key-" + slot % 97, "value-" + slot),
        Commands.delete("key-" + slot * 31 % 97));
  }
}
