package dev.ordinal.journal.validation;

import dev.ordinal.journal.outcome.Refusal;
import dev.ordinal.journal.record.KeyState;
import dev.ordinal.journal.transaction.Bounds;
import dev.ordinal.journal.transaction.Guard;
import dev.ordinal.journal.transaction.Key;
import dev.ordinal.journal.transaction.KeyRange;
import dev.ordinal.journal.transaction.Operation;
import dev.ordinal.journal.transaction.Tenure;
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
  private final NavigableMap<Key, Write> writes = new TreeMap<>();
  private final Attachments attachments;

  /** What the writes since the last {@link #keep} replaced, oldest first. */
  private final List<Replaced> replaced = new ArrayList<>();

  /** Null: the draft had no write of the key. */
  private record Replaced(Key key, @Nullable Write before) {}

  /**
   * The draft of one transaction.
   *
   * @param keysMax how many keys a delete-range may bring the draft to
   */
  Draft(Present present, int keysMax) {
    this.present = present;
    this.keysMax = keysMax;
    this.attachments = new Attachments(present.leases());
  }

  /** One write a key, ascending. Some may equal what was there before. */
  NavigableMap<Key, Write> writes() {
    return writes;
  }

  void keep() {
    replaced.clear();
  }

  void undo() {
    for (Replaced write : replaced.reversed()) {
      set(write.key(), write.before());
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
      case Guard.LeaseAlive(long lease) ->
          present.leases().isAlive(lease) ? null : new Refusal.LeaseEnded(lease);
    };
  }

  /** Null if {@code operation} was done. */
  @Nullable Refusal perform(Operation operation) {
    return switch (operation) {
      case Operation.Put(Key key, Value value, var blind, Tenure tenure) ->
          put(key, new Write(new KeyState.Stored(value), tenure));
      case Operation.Delete(Key key, var blind) -> write(key, Write.DELETED);
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

  private @Nullable Refusal put(Key key, Write put) {
    if (state(key) instanceof KeyState.Counter) {
      return new Refusal.IsACounter(key);
    }
    Write before = writes.get(key);
    set(key, null);
    Refusal refusal = attachments.check(key, put.tenure());
    set(key, before);
    return refusal != null ? refusal : write(key, put);
  }

  private @Nullable Refusal add(Key key, long delta) {
    if (!(state(key) instanceof KeyState.Counter(long value, Bounds bounds))) {
      return new Refusal.NotACounter(key);
    }
    Refusal refusal = CounterMath.breaks(key, value, delta, bounds);
    return refusal != null ? refusal : writeCounter(key, value + delta, bounds);
  }

  private @Nullable Refusal writeCounter(Key key, long value, Bounds bounds) {
    return bounds.admit(value)
        ? write(key, new Write(new KeyState.Counter(value, bounds), Tenure.FOREVER))
        : new Refusal.OutOfBounds(key, value);
  }

  private @Nullable Refusal deleteRange(KeyRange range) {
    List<Key> doomed = new ArrayList<>();
    int hidden = 0;
    for (var write : inRange(range).entrySet()) {
      if (write.getValue().state().exists()) {
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
    doomed.forEach(key -> write(key, Write.DELETED));
    return null;
  }

  private NavigableMap<Key, Write> inRange(KeyRange range) {
    return range.end() == null
        ? writes.tailMap(range.start(), true)
        : writes.subMap(range.start(), true, range.end(), false);
  }

  private KeyState state(Key key) {
    Write written = writes.get(key);
    return written != null ? written.state() : present.state(key);
  }

  private @Nullable Refusal write(Key key, Write write) {
    replaced.add(new Replaced(key, writes.get(key)));
    set(key, write);
    return null;
  }

  /** Null: the draft has no write of the key. */
  private void set(Key key, @Nullable Write next) {
    Write before = next == null ? writes.remove(key) : writes.put(key, next);
    if (before != null) {
      attachments.leave(key, before.tenure());
    }
    if (next != null) {
      attachments.enter(key, next.tenure());
    }
  }
}
