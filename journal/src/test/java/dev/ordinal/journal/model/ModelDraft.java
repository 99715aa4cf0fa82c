package dev.ordinal.journal.model;

import dev.ordinal.journal.outcome.Refusal;
import dev.ordinal.journal.record.KeyState;
import dev.ordinal.journal.transaction.Bounds;
import dev.ordinal.journal.transaction.Guard;
import dev.ordinal.journal.transaction.Key;
import dev.ordinal.journal.transaction.KeyRange;
import dev.ordinal.journal.transaction.Operation;
import dev.ordinal.journal.transaction.Tenure;
import dev.ordinal.journal.transaction.Value;
import java.math.BigInteger;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A copy of the whole state that a transaction works on. */
final class ModelDraft {
  private final NavigableMap<Key, KeyState> before;
  private final int deletedKeysMax;
  private NavigableMap<Key, KeyState> now;
  private NavigableMap<Key, Tenure> written = new TreeMap<>();
  private final ModelLeases leases;

  ModelDraft(NavigableMap<Key, KeyState> before, int deletedKeysMax, ModelLeases leases) {
    this.leases = leases;
    this.before = before;
    this.deletedKeysMax = deletedKeysMax;
    this.now = new TreeMap<>(before);
  }

  ModelDraft copy() {
    ModelDraft copy = new ModelDraft(before, deletedKeysMax, leases);
    copy.become(this);
    return copy;
  }

  void become(ModelDraft other) {
    now = new TreeMap<>(other.now);
    written = new TreeMap<>(other.written);
  }

  NavigableMap<Key, KeyState> state() {
    return now;
  }

  /** How long what is written stays. */
  NavigableMap<Key, Tenure> tenures() {
    return written;
  }

  /** What is written and was there before or is there now. */
  NavigableMap<Key, KeyState> effects() {
    NavigableMap<Key, KeyState> effects = new TreeMap<>();
    for (Key key : written.keySet()) {
      if (before.containsKey(key) || now.containsKey(key)) {
        effects.put(key, now.getOrDefault(key, KeyState.DELETED));
      }
    }
    return effects;
  }

  @Nullable Refusal check(Guard guard) {
    KeyState state = guard instanceof Guard.OnKey present ? now.get(present.key()) : null;
    return switch (guard) {
      case Guard.Exists(Key key) -> state != null ? null : new Refusal.GuardFailed(key);
      case Guard.Absent(Key key) -> state == null ? null : new Refusal.GuardFailed(key);
      case Guard.ValueEquals(Key key, Value value) ->
          new KeyState.Stored(value).equals(state) ? null : new Refusal.GuardFailed(key);
      case Guard.CounterAtLeast(Key key, long bound) ->
          counterGuard(key, state, bound, bound, Long.MAX_VALUE);
      case Guard.CounterAtMost(Key key, long bound) ->
          counterGuard(key, state, bound, Long.MIN_VALUE, bound);
      case Guard.LeaseAlive(long lease) ->
          leases.isAlive(lease) ? null : new Refusal.LeaseEnded(lease);
    };
  }

  private static @Nullable Refusal counterGuard(
      Key key, @Nullable KeyState state, long bound, long low, long high) {
    if (!(state instanceof KeyState.Counter counter)) {
      return new Refusal.NotACounter(key);
    }
    if (low <= counter.value() && counter.value() <= high) {
      return null;
    }
    long off = big(bound).subtract(big(counter.value())).abs().longValue();
    return new Refusal.CounterGuardFailed(key, off, counter.value());
  }

  @Nullable Refusal perform(Operation operation) {
    switch (operation) {
      case Operation.Put(Key key, Value value, var blind, Tenure tenure) -> {
        if (now.get(key) instanceof KeyState.Counter) {
          return new Refusal.IsACounter(key);
        }
        Refusal refusal = leases.check(key, tenure, written);
        if (refusal != null) {
          return refusal;
        }
        put(key, new KeyState.Stored(value));
        written.put(key, tenure);
      }
      case Operation.Delete(Key key, var blind) -> delete(key);
      case Operation.DeleteRange(KeyRange range, var blind) -> {
        List<Key> doomed = now.keySet().stream().filter(range::contains).toList();
        Set<Key> then = new TreeSet<>(written.keySet());
        then.addAll(doomed);
        if (then.size() > deletedKeysMax) {
          return new Refusal.RangeTooLarge(range);
        }
        doomed.forEach(this::delete);
      }
      case Operation.Add(Key key, long delta) -> {
        return add(key, delta);
      }
      case Operation.CreateCounter(Key key, long initial, Bounds bounds, var blind) -> {
        if (now.containsKey(key)) {
          return new Refusal.CounterExists(key);
        }
        return setCounter(key, initial, bounds);
      }
      case Operation.SetBounds(Key key, Bounds bounds, var blind) -> {
        if (!(now.get(key) instanceof KeyState.Counter counter)) {
          return new Refusal.NotACounter(key);
        }
        return setCounter(key, counter.value(), bounds);
      }
    }
    return null;
  }

  private @Nullable Refusal add(Key key, long delta) {
    if (!(now.get(key) instanceof KeyState.Counter(long value, Bounds bounds))) {
      return new Refusal.NotACounter(key);
    }
    BigInteger sum = big(value).add(big(delta));
    BigInteger over = sum.subtract(big(bounds.high())).max(big(bounds.low()).subtract(sum));
    if (over.signum() > 0) {
      return new Refusal.Bound(key, over.longValue(), value);
    }
    put(key, new KeyState.Counter(sum.longValueExact(), bounds));
    return null;
  }

  private @Nullable Refusal setCounter(Key key, long value, Bounds bounds) {
    if (value < bounds.low() || value > bounds.high()) {
      return new Refusal.OutOfBounds(key, value);
    }
    put(key, new KeyState.Counter(value, bounds));
    return null;
  }

  private void put(Key key, KeyState state) {
    now.put(key, state);
    written.put(key, Tenure.FOREVER);
  }

  private void delete(Key key) {
    now.remove(key);
    written.put(key, Tenure.FOREVER);
  }

  private static BigInteger big(long number) {
    return BigInteger.valueOf(number);
  }
}
