package dev.ordinal.consensus.log;

import dev.ordinal.consensus.entry.EntryHash;
import dev.ordinal.consensus.entry.LoggedEntry;
import java.util.ArrayList;
import java.util.List;

/** A run of entries as it is read: without a gap, each hash following from the one before. */
final class ReadRun {
  private final List<LoggedEntry> entries = new ArrayList<>();
  private final long payloadBytesMax;
  private long payloadBytes;
  private long slot;
  private EntryHash hash;

  /** {@code before} is the hash of the log through {@code from - 1}. */
  ReadRun(long from, EntryHash before, long payloadBytesMax) {
    this.slot = from - 1;
    this.hash = before;
    this.payloadBytesMax = payloadBytesMax;
  }

  /** Answers false, and takes nothing, if the run is full. */
  boolean add(LoggedEntry logged) {
    if (logged.slot() != slot + 1) {
      throw new LogFailure(
          LogFailure.Kind.CORRUPT,
          "slot " + (slot + 1) + " is missing from the log, slot " + logged.slot() + " is there",
          null);
    }
    payloadBytes += logged.entry().payload().length();
    if (!entries.isEmpty() && payloadBytes > payloadBytesMax) {
      return false;
    }
    EntryHash expected = hash.next(logged.slot(), logged.entry());
    if (!expected.equals(logged.hash())) {
      throw new LogFailure(
          LogFailure.Kind.CORRUPT,
          "slot %d has hash %s, its content and the slot before give %s"
              .formatted(logged.slot(), logged.hash(), expected),
          null);
    }
    slot = logged.slot();
    hash = expected;
    entries.add(logged);
    return true;
  }

  /** The last slot read, or the one before the first. */
  long through() {
    return slot;
  }

  List<LoggedEntry> entries() {
    return entries;
  }
}
