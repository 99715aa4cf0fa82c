package dev.ordinal.journal.record;

import dev.ordinal.journal.transaction.Bounds;
import dev.ordinal.journal.transaction.Value;

/** What a key holds after a transaction. */
public sealed interface KeyState {
  KeyState DELETED = new Deleted();

  /** False for a deleted key. */
  boolean exists();

  record Stored(Value value) implements KeyState {
    @Override
    public boolean exists() {
      return true;
    }
  }

  /** Invariant: {@code bounds} admit {@code value} (I16). */
  record Counter(long value, Bounds bounds) implements KeyState {
    public Counter {
      if (!bounds.admit(value)) {
        throw new IllegalArgumentException(
            "a counter must be from %d to %d, was %d"
                .formatted(bounds.low(), bounds.high(), value));
      }
    }

    @Override
    public boolean exists() {
      return true;
    }
  }

  record Deleted() implements KeyState {
    @Override
    public boolean exists() {
      return false;
    }
  }
}
