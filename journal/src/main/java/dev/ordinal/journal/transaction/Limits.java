package dev.ordinal.journal.transaction;

import dev.ordinal.journal.retention.RetentionChange;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How large commands may be. The same on every replica: the door refuses what breaks a limit with
 * an error, and a command that got into the log all the same is {@link Command.Malformed} there.
 *
 * @param transactionBytesMax of the encoded transaction
 * @param groupsMax of a transaction
 * @param partsMax read keys, guards and alternatives of a transaction, each kind by itself
 * @param operationsMax of a transaction, all alternatives together; also how many keys its
 *     delete-ranges may bring it to write
 * @param rangesMax read ranges and delete-ranges of a transaction together
 */
public record Limits(
    int keyBytesMax,
    int valueBytesMax,
    int transactionBytesMax,
    int groupsMax,
    int partsMax,
    int operationsMax,
    int rangesMax) {
  public static final Limits STANDARD =
      new Limits(4 << 10, 1 << 20, 4 << 20, 1024, 4096, 4096, 1024);

  /** Of one transaction. */
  public static final int LABELS_MAX = 16;

  /** Names and values of all labels of a transaction, in UTF-8. */
  public static final int LABEL_BYTES_MAX = 1 << 10;

  /** Of a session's name, in UTF-8. */
  public static final int SESSION_NAME_BYTES_MAX = 128;

  /** Of a hold's name, in UTF-8. */
  public static final int HOLD_NAME_BYTES_MAX = 128;

  /** Leases and sessions that one command keeps alive. */
  public static final int KEPT_ALIVE_MAX = 4096;

  /** A year; of sessions, leases and keys. */
  public static final long TTL_MILLIS_MAX = 366L * 24 * 60 * 60 * 1000;

  /** A limit that was passed. */
  public record Breach(String what, long value, long allowed) {
    @Override
    public String toString() {
      return what + ": at most " + allowed + " are allowed, was " + value;
    }
  }

  /** The first limit that {@code command} breaks; null if there is none. */
  public @Nullable Breach breach(Command command, int encodedBytes) {
    Counts counts = new Counts();
    counts.require("transaction bytes", encodedBytes, transactionBytesMax);
    switch (command) {
      case Command.Submit(Transaction transaction) -> count(counts, transaction);
      case Command.OpenSession open ->
          counts.require("session name bytes", utf8(open.name()), SESSION_NAME_BYTES_MAX);
      case Command.CloseSession close -> {}
      case Command.GrantLease grant -> {}
      case Command.RevokeLease revoke -> {}
      case Command.KeepAlive(List<Long> leases, List<Long> sessions) ->
          counts.require("kept alive", leases.size() + sessions.size(), KEPT_ALIVE_MAX);
      case Command.Tick tick -> {}
      case Command.Barrier barrier -> {}
      case Command.Retain(RetentionChange change) -> count(counts, change);
      case Command.Malformed malformed -> {}
    }
    return counts.breach;
  }

  private void count(Counts counts, Transaction transaction) {
    counts.require("groups", transaction.groups().size(), groupsMax);
    countLabels(counts, transaction.labels());
    for (Group group : transaction.groups()) {
      counts.readKeys += group.readKeys().size();
      counts.ranges += group.readRanges().size();
      counts.alternatives += group.alternatives().size();
      group.readKeys().forEach(read -> countKey(counts, read.key()));
      group.readRanges().forEach(read -> countRange(counts, read.range()));
      countGuards(counts, group.guards());
      for (Alternative alternative : group.alternatives()) {
        countGuards(counts, alternative.guards());
        counts.operations += alternative.operations().size();
        alternative.operations().forEach(operation -> count(counts, operation));
      }
    }
    counts.require("read keys", counts.readKeys, partsMax);
    counts.require("guards", counts.guards, partsMax);
    counts.require("alternatives", counts.alternatives, partsMax);
    counts.require("operations", counts.operations, operationsMax);
    counts.require("ranges", counts.ranges, rangesMax);
  }

  private static void count(Counts counts, RetentionChange change) {
    if (change instanceof RetentionChange.PlaceHold(String name, _, _)) {
      counts.require("hold name bytes", utf8(name), HOLD_NAME_BYTES_MAX);
    }
  }

  private static void countLabels(Counts counts, List<Label> labels) {
    counts.require("labels", labels.size(), LABELS_MAX);
    long bytes = 0;
    for (Label label : labels) {
      bytes += (long) utf8(label.name()) + utf8(label.value());
    }
    counts.require("label bytes", bytes, LABEL_BYTES_MAX);
  }

  private void countGuards(Counts counts, List<Guard> guards) {
    counts.guards += guards.size();
    for (Guard guard : guards) {
      if (guard instanceof Guard.OnKey present) {
        countKey(counts, present.key());
      }
      if (guard instanceof Guard.ValueEquals(var key, Value value)) {
        counts.require("value bytes", value.length(), valueBytesMax);
      }
    }
  }

  private void count(Counts counts, Operation operation) {
    switch (operation) {
      case Operation.Put(Key key, Value value, var blind, var tenure) -> {
        countKey(counts, key);
        counts.require("value bytes", value.length(), valueBytesMax);
      }
      case Operation.Delete(Key key, var blind) -> countKey(counts, key);
      case Operation.DeleteRange(KeyRange range, var blind) -> {
        counts.ranges++;
        countRange(counts, range);
      }
      case Operation.Add(Key key, var delta) -> countKey(counts, key);
      case Operation.CreateCounter(Key key, var initial, var bounds, var blind) ->
          countKey(counts, key);
      case Operation.SetBounds(Key key, var bounds, var blind) -> countKey(counts, key);
    }
  }

  private void countKey(Counts counts, Key key) {
    counts.require("key bytes", key.length(), keyBytesMax);
  }

  private void countRange(Counts counts, KeyRange range) {
    countKey(counts, range.start());
    if (range.end() != null) {
      countKey(counts, range.end());
    }
  }

  private static int utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  /** What a transaction has of each kind so far, and the first breach. */
  private static final class Counts {
    private long readKeys;
    private long ranges;
    private long guards;
    private long alternatives;
    private long operations;
    private @Nullable Breach breach;

    private void require(String what, long value, long allowed) {
      if (breach == null && value > allowed) {
        breach = new Breach(what, value, allowed);
      }
    }
  }
}
