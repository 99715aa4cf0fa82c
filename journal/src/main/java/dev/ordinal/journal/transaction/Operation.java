package dev.ordinal.journal.transaction;

/**
 * One change. Unless {@code blind}, what it writes counts as read at the transaction's snapshot: it
 * is refused if something else changed there since.
 */
public sealed interface Operation {
  /** Refused on a counter: delete it first. */
  record Put(Key key, Value value, boolean blind, Tenure tenure) implements Operation {
    /** Stays until something else writes the key. */
    public Put(Key key, Value value, boolean blind) {
      this(key, value, blind, Tenure.FOREVER);
    }
  }

  /** Deletes a value or a counter; nothing happens if there is none. */
  record Delete(Key key, boolean blind) implements Operation {}

  /** Deletes all keys in the range; refused if there are too many of them. */
  record DeleteRange(KeyRange range, boolean blind) implements Operation {}

  /** Moves a counter; refused only if it would leave its stored bounds. Never counts as a read. */
  record Add(Key key, long delta) implements Operation {}

  /** Makes a counter that must stay within {@code low} and {@code high}, both inclusive. */
  record CreateCounter(Key key, long initial, Bounds bounds, boolean blind) implements Operation {}

  /** Replaces the bounds of a counter; refused if they exclude its present value. */
  record SetBounds(Key key, Bounds bounds, boolean blind) implements Operation {}
}
