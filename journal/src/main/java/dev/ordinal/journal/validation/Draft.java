package dev.ordinal.journal.validation;

import dev.ordinal.journal.outcome.Refusal;
import dev.ordinal.journal.record.KeyState;
import dev.ordinal.journal.transaction.Bounds;
import dev.ordinal.journal.transaction.Guard;
import dev.ordinal.journal.transaction.Key;
import dev.ordinal.journal.transaction.KeyRange;
import dev.ordinal.journal.transaction.Operation;
import dev.ordinal.journal.transaction.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The present as the transaction at hand would leave it so far. What an alternative wrote is undone
 * if it is refused half-way, and kept for the groups after it if it is taken.
 */
final class Draft {
  private final Present present;
  private final int keysMax;
  private final NavigableMap<Key, KeyState> writes = new TreeMap<>();

  /** What the writes since the last {@link #keep} replaced, oldest first. */
  private final List<Replaced> replaced = new ArrayList<>();

  /** Null: the draft had no write of the key. */
  private record Replaced(Key key, @Nullable KeyState before) {}

  /**
   * The draft of one transaction.
   *
   * @param keysMax how many keys a delete-range may bring the draft to
   */
  Draft(Present present, int keysMax) {
    this.present = present;
    this.keysMax = keysMax;
  }

  /** One state a key, ascending. Some may equal what was there before. */
  NavigableMap<Key, KeyState> writes() {
    return writes;
  }

  void keep() {
    replaced.clear();
  }

  void undo() {
    for (Replaced write : replaced.reversed()) {
      if (write.before() == null) {
        writes.remove(write.key());
      } else {
        writes.put(write.key(), write.before());
      }
    }
    replaced.clear();
  }

  /** Null if {@code guard} holds. */
  @Nullable Refusal check(Guard guard) {
    return switch (guard) {
      case Guard.Exists(Key key) -> state(key).exists() ? null : new Refusal.GuardFailed(key);
      case Guard.Absent(Key key) -> state(key).exists() ? new Refusal.GuardFailed(key) : null;
      case Guard.ValueEquals(Key key, Value value) ->
          state(key) instanceof KeyState.Stored(Value stored) && stored.equals(value)
              ? null
              : new Refusal.GuardFailed(key);
      case Guard.CounterAtLeast(Key key, long bound) ->
          state(key) instanceof KeyState.Counter counter
              ? CounterMath.below(key, counter.value(), bound)
              : new Refusal.NotACounter(key);
      case Guard.CounterAtMost(Key key, long bound) ->
          state(key) instanceof KeyState.Counter counter
              ? CounterMath.above(key, counter.value(), bound)
              : new Refusal.NotACounter(key);
    };
  }

  /** Null if {@code operation} was done. */
  @Nullable Refusal perform(Operation operation) {
    return switch (operation) {
      case Operation.Put(Key key, Value value, var blind) -> put(key, value);
      case Operation.Delete(Key key, var blind) -> write(key, KeyState.DELETED);
      case Operation.DeleteRange(KeyRange range, var blind) -> deleteRange(range);
      case Operation.Add(Key key, long delta) -> add(key, delta);
      case Operation.CreateCounter(Key key, long initial, Bounds bounds, var blind) ->
          state(key).exists() ? new Refusal.CounterExists(key) : writeCounter(key, initial, bounds);
      case Operation.SetBounds(Key key, Bounds bounds, var blind) ->
          state(key) instanceof KeyState.Counter counter
              ? writeCounter(key, counter.value(), bounds)
              : new Refusal.NotACounter(key);
    };
  }

  private @Nullable Refusal put(Key key, Value value) {
    return state(key) instanceof KeyState.Counter
        ? new Refusal.IsACounter(key)
        : write(key, new KeyState.Stored(value));
  }

  private @Nullable Refusal add(Key key, long delta) {
    if (!(state(key) instanceof KeyState.Counter(long value, Bounds bounds))) {
      return new Refusal.NotACounter(key);
    }
    Refusal refusal = CounterMath.breaks(key, value, delta, bounds);
    return refusal != null ? refusal : write(key, new KeyState.Counter(value + delta, bounds));
  }

  private @Nullable Refusal writeCounter(Key key, long value, Bounds bounds) {
    return bounds.admit(value)
        ? write(key, new KeyState.Counter(value, bounds))
        : new Refusal.OutOfBounds(key, value);
  }

  private @Nullable Refusal deleteRange(KeyRange range) {
    List<Key> doomed = new ArrayList<>();
    int hidden = 0;
    for (var write : inRange(range).entrySet()) {
      if (write.getValue().exists()) {
        doomed.add(write.getKey());
      } else {
        hidden++;
      }
    }
    int room = keysMax - writes.size();
    for (Key key : present.existing(range, Math.max(room, 0) + doomed.size() + hidden + 1)) {
      if (!writes.containsKey(key)) {
        doomed.add(key);
        room--;
      }
    }
    if (room < 0) {
      return new Refusal.RangeTooLarge(range);
    }
    doomed.forEach(key -> write(key, KeyState.DELETED));
    return null;
  }

  private NavigableMap<Key, KeyState> inRange(KeyRange range) {
    return range.end() == null
        ? writes.tailMap(range.start(), true)
        : writes.subMap(range.start(), true, range.end(), false);
  }

  private KeyState state(Key key) {
    KeyState written = writes.get(key);
    return written != null ? written : present.state(key);
  }

  private @Nullable Refusal write(Key key, KeyState state) {
    replaced.add(new Replaced(key, writes.put(key, state)));
    return null;
  }
}
