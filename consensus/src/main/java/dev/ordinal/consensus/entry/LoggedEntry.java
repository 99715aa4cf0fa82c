package dev.ordinal.consensus.entry;

/** An entry at its place in a log, with the hash of the log through it. Slots start at 1. */
public record LoggedEntry(long slot, Entry entry, EntryHash hash) {
  public LoggedEntry {
    if (slot < 1) {
      throw new IllegalArgumentException("slots start at 1, was " + slot);
    }
  }
}
