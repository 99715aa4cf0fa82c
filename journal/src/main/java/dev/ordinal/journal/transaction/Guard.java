package dev.ordinal.journal.transaction;

/**
 * A condition on the present state of a key, judged when the transaction is applied. It sees what
 * groups accepted earlier in the same transaction wrote, and does not care about versions.
 */
public sealed interface Guard {
  Key key();

  record Exists(Key key) implements Guard {}

  record Absent(Key key) implements Guard {}

  /** The key holds exactly this value; a counter never does. */
  record ValueEquals(Key key, Value value) implements Guard {}

  record CounterAtLeast(Key key, long bound) implements Guard {}

  record CounterAtMost(Key key, long bound) implements Guard {}
}
