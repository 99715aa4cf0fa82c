package dev.ordinal.consensus.log;

import dev.ordinal.consensus.core.Change;
import dev.ordinal.consensus.entry.Entry;
import dev.ordinal.consensus.entry.EntryHash;
import dev.ordinal.consensus.entry.LogPoint;
import dev.ordinal.consensus.entry.LoggedEntry;
import dev.ordinal.consensus.entry.Payload;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What a log should hold: grows and shrinks as the test says. */
final class Chain {
  private final LogPoint base;
  private final List<LoggedEntry> entries = new ArrayList<>();

  Chain() {
    this(LogPoint.START);
  }

  Chain(LogPoint base) {
    this.base = base;
  }

  long last() {
    return base.slot() + entries.size();
  }

  EntryHash hashThrough(long slot) {
    return slot == base.slot() ? base.hash() : entry(slot).hash();
  }

  LogPoint point(long slot) {
    return new LogPoint(slot, hashThrough(slot));
  }

  LoggedEntry entry(long slot) {
    return entries.get((int) (slot - base.slot() - 1));
  }

  /** Entries {@code from} through {@code through}, both included. */
  List<LoggedEntry> run(long from, long through) {
    return List.copyOf(
        entries.subList((int) (from - base.slot() - 1), (int) (through - base.slot())));
  }

  Change append(String text) {
    return append(Payload.wrap(text.getBytes(StandardCharsets.UTF_8)));
  }

  Change append(Payload payload) {
    Entry entry = Entry.batch(payload);
    long slot = last() + 1;
    LoggedEntry logged = new LoggedEntry(slot, entry, hashThrough(last()).next(slot, entry));
    entries.add(logged);
    return new Change.Append(logged);
  }

  Change truncateFrom(long slot) {
    while (last() >= slot) {
      entries.removeLast();
    }
    return new Change.TruncateFrom(slot);
  }
}
