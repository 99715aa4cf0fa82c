package dev.ordinal.consensus.core;

import dev.ordinal.consensus.entry.LogPoint;
import dev.ordinal.consensus.entry.LoggedEntry;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Where the log begins, and when it may begin later: behind what the state machine survives
 * without, and what every member has, or what {@link Settings#logBytesMax} leaves to members that
 * do not. Invariant I23: base ≤ what the state machine survives without.
 */
final class Truncation {
  /** The log is cut in steps of the budget's bytes over this. */
  private static final int STEPS = 64;

  private static final long ENTRY_OVERHEAD_BYTES = 64;

  /** A place where the log can be cut; {@code bytes} of it lie before. */
  private record Mark(LogPoint point, long bytes) {}

  private final long bytesMax;

  /** Ascending, a step apart, after the base. */
  private final ArrayDeque<Mark> marks = new ArrayDeque<>();

  private LogPoint base;
  private long droppable;
  private long heldByAll;

  /** Of all that was decided, and of what of it lies before the base, counted from one start. */
  private long bytes;

  private long bytesBefore;
  private long markedBytes;

  Truncation(Settings settings, Image image) {
    this.bytesMax = settings.logBytesMax();
    this.base = image.extent().base();
    this.bytes = image.extent().bytes();
    if (bytes >= bytesMax / STEPS) {
      mark(new LogPoint(image.decided(), image.decidedHash()));
    }
  }

  /** Nothing at or below it is in the log. */
  LogPoint base() {
    return base;
  }

  /** Slots come in order, as they are decided. */
  void onDecided(LoggedEntry logged) {
    bytes += logged.entry().payload().length() + ENTRY_OVERHEAD_BYTES;
    if (bytes - markedBytes >= bytesMax / STEPS) {
      mark(new LogPoint(logged.slot(), logged.hash()));
    }
  }

  /** The state machine survives without the log through {@code slot}. */
  void onDroppable(long slot) {
    droppable = Math.max(droppable, slot);
  }

  /** The leader, or this replica as one, knows that every member has everything through there. */
  void onHeldByAll(long slot) {
    heldByAll = slot;
  }

  /** The new base, if the log can be cut now. */
  @Nullable LogPoint raise() {
    long limit = Math.min(droppable, Math.max(heldByAll, beyondBudget()));
    LogPoint before = base;
    while (!marks.isEmpty() && marks.getFirst().point().slot() <= limit) {
      Mark passed = marks.removeFirst();
      base = passed.point();
      bytesBefore = passed.bytes();
    }
    return base.slot() > before.slot() ? base : null;
  }

  /** How far the log must be cut to be within its budget. */
  private long beyondBudget() {
    if (bytes - bytesBefore <= bytesMax || marks.isEmpty()) {
      return base.slot();
    }
    for (Mark mark : marks) {
      if (bytes - mark.bytes() <= bytesMax) {
        return mark.point().slot();
      }
    }
    return marks.getLast().point().slot();
  }

  private void mark(LogPoint point) {
    marks.addLast(new Mark(point, bytes));
    markedBytes = bytes;
  }
}
