package dev.ordinal.client;

/**
 * A condition on the present, judged when the transaction is applied.
 *
 * <p>Unlike a read, a guard does not mind that the key was changed since, as long as the condition
 * holds.
 */
public sealed interface Guard {
  /** A condition on what a key holds. */
  sealed interface OnKey extends Guard {
    Key key();
  }

  static Guard exists(Key key) {
    return new Exists(key);
  }

  static Guard absent(Key key) {
    return new Absent(key);
  }

  static Guard valueEquals(Key key, Value value) {
    return new ValueEquals(key, value);
  }

  static Guard counterAtLeast(Key key, long minimum) {
    return new CounterAtLeast(key, minimum);
  }

  static Guard counterAtMost(Key key, long maximum) {
    return new CounterAtMost(key, maximum);
  }

  /** The lease of this number has not ended; see {@link Lease#guard}. */
  static Guard leaseAlive(long lease) {
    return new LeaseAlive(lease);
  }

  /** The lease has not ended. */
  record LeaseAlive(long lease) implements Guard {}

  /** The key exists. */
  record Exists(Key key) implements OnKey {}

  /** The key does not exist. */
  record Absent(Key key) implements OnKey {}

  /** The key holds exactly these bytes. */
  record ValueEquals(Key key, Value value) implements OnKey {}

  /** The key is a counter of at least {@code minimum}. */
  record CounterAtLeast(Key key, long minimum) implements OnKey {}

  /** The key is a counter of at most {@code maximum}. */
  record CounterAtMost(Key key, long maximum) implements OnKey {}
}
