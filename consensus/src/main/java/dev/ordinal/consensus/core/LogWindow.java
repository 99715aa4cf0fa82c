package dev.ordinal.consensus.core;

import dev.ordinal.consensus.entry.EntryHash;
import dev.ordinal.consensus.entry.LoggedEntry;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The end of the log, in memory: entries {@code base + 1} through {@code length}, without gaps.
 * What lies at or below the base is on disk only. Invariants: {@code base ≤ length}; each entry's
 * hash follows from the one before (I10).
 */
final class LogWindow {
  private static final int CAPACITY_MIN = 64;

  /*
   * Two rings, indexed by the low bits of the slot. bytesThrough holds running totals, so that the
   * bytes between two slots cost one subtraction.
   */
  private @Nullable LoggedEntry[] entries = new @Nullable LoggedEntry[CAPACITY_MIN];
  private long[] bytesThrough = new long[CAPACITY_MIN];
  private long base;
  private EntryHash baseHash;
  private long length;

  /** An empty window on a log that ends at {@code base}. */
  LogWindow(long base, EntryHash baseHash) {
    this.base = base;
    this.baseHash = baseHash;
    this.length = base;
  }

  long base() {
    return base;
  }

  long length() {
    return length;
  }

  LoggedEntry get(long slot) {
    InvariantViolation.check(slot > base, "wanted slot > base", slot, base);
    InvariantViolation.check(slot <= length, "wanted slot ≤ length", slot, length);
    LoggedEntry entry = entries[index(slot)];
    if (entry == null) {
      throw new InvariantViolation("the window is without gaps", slot);
    }
    return entry;
  }

  /** The hash of the log through {@code slot}, from the base on. */
  EntryHash hash(long slot) {
    return slot == base ? baseHash : get(slot).hash();
  }

  /** Whether {@code entry} is what stands at its slot; it must be above the base. */
  boolean holds(LoggedEntry entry) {
    return entry.slot() <= length && get(entry.slot()).hash().equals(entry.hash());
  }

  /** Entries {@code from} through {@code through}, as a copy. */
  List<LoggedEntry> entries(long from, long through) {
    List<LoggedEntry> copy = new ArrayList<>((int) Math.max(0, through - from + 1));
    for (long slot = from; slot <= through; slot++) {
      copy.add(get(slot));
    }
    return copy;
  }

  /** Payload bytes of the entries after {@code after} through {@code through}. */
  long bytesBetween(long after, long through) {
    return through <= after ? 0 : totalThrough(through) - totalThrough(after);
  }

  /** {@code logged} must stand right after the end, and its hash must follow. */
  void append(LoggedEntry logged) {
    InvariantViolation.check(
        logged.slot() == length + 1, "appended slot = length + 1", logged.slot(), length);
    long total = totalThrough(length) + logged.entry().payload().length();
    if (length - base == entries.length - 1) {
      grow();
    }
    length++;
    entries[index(length)] = logged;
    bytesThrough[index(length)] = total;
  }

  /** Forgets everything from {@code slot} on. */
  void truncateFrom(long slot) {
    InvariantViolation.check(slot > base, "truncated slot > base", slot, base);
    while (length >= slot) {
      entries[index(length)] = null;
      length--;
    }
  }

  /** Keeps the newest entries through {@code decided} within {@code bounds}, and all after it. */
  void trim(long decided, Bounds bounds) {
    while (base < decided && !bounds.admit((int) (decided - base), bytesBetween(base, decided))) {
      long dropped = base + 1;
      baseHash = get(dropped).hash();
      entries[index(dropped)] = null;
      base = dropped;
    }
  }

  private long totalThrough(long slot) {
    return bytesThrough[index(slot)];
  }

  private int index(long slot) {
    return (int) (slot & (entries.length - 1));
  }

  private void grow() {
    @Nullable LoggedEntry[] oldEntries = entries;
    long[] oldBytes = bytesThrough;
    entries = new @Nullable LoggedEntry[oldEntries.length * 2];
    bytesThrough = new long[oldBytes.length * 2];
    for (long slot = base; slot <= length; slot++) {
      int old = (int) (slot & (oldEntries.length - 1));
      entries[index(slot)] = oldEntries[old];
      bytesThrough[index(slot)] = oldBytes[old];
    }
  }
}
