package dev.ordinal.journal.feed;

import dev.ordinal.journal.record.JournalRecord;
import dev.ordinal.journal.record.Row;
import java.util.List;

/** What a subscriber is told. */
public sealed interface FeedEvent {
  /**
   * A part of the state at {@code order}: selected rows, ascending by key. Records after {@code
   * order} follow the last part.
   */
  record State(long order, List<Row> rows, boolean last) implements FeedEvent {
    public State {
      rows = List.copyOf(rows);
    }
  }

  /** The next records with selected effects; effects that are not selected are left out. */
  record Records(List<JournalRecord> records) implements FeedEvent {
    public Records {
      records = List.copyOf(records);
    }
  }

  /**
   * What comes next is gone, and nothing comes after this: the subscriber begins anew, with the
   * state or after {@code floor}.
   */
  record SnapshotRequired(long floor, long lastOrder) implements FeedEvent {}

  /** Everything selected through {@code order} was told. */
  record Progress(long order) implements FeedEvent {}
}
