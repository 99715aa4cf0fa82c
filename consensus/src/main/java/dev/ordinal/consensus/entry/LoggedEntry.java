package dev.ordinal.consensus.entry;

import java.util.List;

/** An entry at its place in a log, with the hash of the log through it. Slots start at 1. */
public record LoggedEntry(long slot, Entry entry, EntryHash hash) {
  public LoggedEntry {
    if (slot < 1) {
      throw new IllegalArgumentException("slots start at 1, was " + slot);
    }
  }

  /** {@code entry} at {@code slot}, if {@code before} is the hash of the log up to there. */
  public static LoggedEntry after(EntryHash before, long slot, Entry entry) {
    return new LoggedEntry(slot, entry, before.next(slot, entry));
  }

  /**
   * Whether the hash is what {@code before}, the hash of the log up to here, makes of the entry.
   */
  public boolean follows(EntryHash before) {
    return before.next(slot, entry).equals(hash);
  }

  /**
   * An unmodifiable copy of {@code run}; throws {@link IllegalArgumentException} unless its slots
   * follow each other without gaps.
   */
  public static List<LoggedEntry> copyOfRun(List<LoggedEntry> run) {
    return run.isEmpty() ? List.of() : copyOfRun(run.getFirst().slot(), run);
  }

  /** As {@link #copyOfRun(List)}, and the first slot must be {@code first}. */
  public static List<LoggedEntry> copyOfRun(long first, List<LoggedEntry> run) {
    List<LoggedEntry> copy = List.copyOf(run);
    for (int i = 0; i < copy.size(); i++) {
      if (copy.get(i).slot() != first + i) {
        throw new IllegalArgumentException(
            "slot " + (first + i) + " is missing: found " + copy.get(i).slot());
      }
    }
    return copy;
  }
}
