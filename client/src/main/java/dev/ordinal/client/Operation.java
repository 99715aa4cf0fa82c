package dev.ordinal.client;

/**
 * A change that a transaction asks for.
 *
 * <p>A key that is written counts as read: the transaction conflicts if somebody else has changed
 * it since the snapshot. {@link #asBlind} takes that off one operation. {@link Add} never counts as
 * a read.
 */
public sealed interface Operation {
  /** The key that is written; of a range the first. */
  Key key();

  /** The same operation, whose key does not count as read. */
  Operation asBlind();

  static Operation put(Key key, Value value) {
    return new Put(key, value, false, Tenure.forever());
  }

  /** A value that does not stay for ever. */
  static Operation put(Key key, Value value, Tenure tenure) {
    return new Put(key, value, false, tenure);
  }

  static Operation delete(Key key) {
    return new Delete(key, false);
  }

  static Operation deleteRange(KeyRange range) {
    return new DeleteRange(range, false);
  }

  static Operation add(Key key, long delta) {
    return new Add(key, delta);
  }

  static Operation createCounter(Key key, Counter counter) {
    return new CreateCounter(key, counter, false);
  }

  static Operation setBounds(Key key, long low, long high) {
    return new SetBounds(key, low, high, false);
  }

  /** Sets the bytes of a key, new or not. Refused on a counter. */
  record Put(Key key, Value value, boolean blind, Tenure tenure) implements Operation {
    @Override
    public Put asBlind() {
      return new Put(key, value, true, tenure);
    }
  }

  /** Removes a key; nothing happens if it does not exist. */
  record Delete(Key key, boolean blind) implements Operation {
    @Override
    public Delete asBlind() {
      return new Delete(key, true);
    }
  }

  /** Removes every key of a range. */
  record DeleteRange(KeyRange range, boolean blind) implements Operation {
    @Override
    public Key key() {
      return range.start();
    }

    @Override
    public DeleteRange asBlind() {
      return new DeleteRange(range, true);
    }
  }

  /** Changes a counter by {@code delta}; refused only if a bound would break. */
  record Add(Key key, long delta) implements Operation {
    @Override
    public Add asBlind() {
      return this;
    }
  }

  /** Makes a new counter; refused if the key exists. */
  record CreateCounter(Key key, Counter counter, boolean blind) implements Operation {
    @Override
    public CreateCounter asBlind() {
      return new CreateCounter(key, counter, true);
    }
  }

  /** Changes the bounds of a counter, both inclusive; refused if its value lies outside them. */
  record SetBounds(Key key, long low, long high, boolean blind) implements Operation {
    public SetBounds {
      if (low > high) {
        throw new IllegalArgumentException(
            "the bounds of %s are in the wrong order: low %d, high %d".formatted(key, low, high));
      }
    }

    @Override
    public SetBounds asBlind() {
      return new SetBounds(key, low, high, true);
    }
  }
}
