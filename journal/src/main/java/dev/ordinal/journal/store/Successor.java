package dev.ordinal.journal.store;

import dev.ordinal.journal.record.JournalRecord;
import dev.ordinal.journal.state.Changes;
import dev.ordinal.journal.state.Head;

/** The check every store makes before a write: slots and order IDs go on without a gap. */
final class Successor {
  private Successor() {}

  /** Throws {@link IllegalArgumentException} if {@code changes} do not follow {@code head}. */
  static void require(Head head, Changes changes) {
    long slot = changes.head().slot().slot();
    if (slot != head.slot().slot() + 1) {
      throw new IllegalArgumentException(
          "slot %d cannot follow slot %d".formatted(slot, head.slot().slot()));
    }
    long order = head.order().order();
    for (JournalRecord record : changes.records()) {
      if (record.order() != order + 1) {
        throw new IllegalArgumentException(
            "order ID %d cannot follow order ID %d".formatted(record.order(), order));
      }
      order = record.order();
    }
    if (order != changes.head().order().order()) {
      throw new IllegalArgumentException(
          "the head says order ID %d, the records end at %d"
              .formatted(changes.head().order().order(), order));
    }
  }
}
