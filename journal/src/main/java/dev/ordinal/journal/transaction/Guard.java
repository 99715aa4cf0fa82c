package dev.ordinal.journal.transaction;

/**
 * A condition on the present, judged when the transaction is applied. It does not care about
 * versions.
 */
public sealed interface Guard {
  /** On the state of a key; it sees what groups accepted before in the transaction wrote. */
  sealed interface OnKey extends Guard {
    Key key();
  }

  /** The lease has not ended. */
  record LeaseAlive(long lease) implements Guard {}

  record Exists(Key key) implements OnKey {}

  record Absent(Key key) implements OnKey {}

  /** The key holds exactly this value; a counter never does. */
  record ValueEquals(Key key, Value value) implements OnKey {}

  record CounterAtLeast(Key key, long bound) implements OnKey {}

  record CounterAtMost(Key key, long bound) implements OnKey {}
}
