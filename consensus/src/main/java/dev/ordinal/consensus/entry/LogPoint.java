package dev.ordinal.consensus.entry;

/** A place in the log: {@code hash} is the hash of the log through {@code slot}. */
public record LogPoint(long slot, EntryHash hash) {
  /** Before the first slot. */
  public static final LogPoint START = new LogPoint(0, EntryHash.START);

  public LogPoint {
    if (slot < 0) {
      throw new IllegalArgumentException("a point of the log is at slot 0 or later, was " + slot);
    }
  }
}
