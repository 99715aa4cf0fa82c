package dev.ordinal.journal;

import dev.ordinal.journal.outcome.Outcome;
import dev.ordinal.journal.record.Digest;
import dev.ordinal.journal.transaction.Command;
import dev.ordinal.journal.transaction.Group;
import dev.ordinal.journal.transaction.Key;
import dev.ordinal.journal.transaction.Label;
import dev.ordinal.journal.transaction.Mode;
import dev.ordinal.journal.transaction.Operation;
import dev.ordinal.journal.transaction.Origin;
import dev.ordinal.journal.transaction.Policy;
import dev.ordinal.journal.transaction.Transaction;
import dev.ordinal.journal.transaction.Value;
import java.nio.ByteBuffer;
import java.util.List;

/** Commands for tests that care for what a journal keeps, not for verdicts. */
public final class Commands {
  private Commands() {}

  public static Command put(String key, String value) {
    return submit(new Operation.Put(Key.of(key), Value.of(value), true));
  }

  public static Command delete(String key) {
    return submit(new Operation.Delete(Key.of(key), true));
  }

  public static Command submit(Operation... operations) {
    return new Command.Submit(
        new Transaction(
            Origin.NONE,
            null,
            Mode.KEYS,
            Policy.ALL,
            List.of(Group.of(operations)),
            List.<Label>of()));
  }

  /** The hash of the log through {@code slot}, as good as any. */
  public static Digest entryHash(long slot) {
    return Digest.wrap(ByteBuffer.allocate(Digest.BYTES).putLong(slot).array());
  }

  /** Applies {@code commands} as the next slot of {@code journal}. */
  public static List<Outcome> apply(Journal journal, Command... commands) {
    long slot = journal.head().slot().slot() + 1;
    return journal.apply(slot, entryHash(slot), List.of(commands), 100);
  }
}
