package dev.ordinal.journal.state;

import dev.ordinal.journal.record.Effect;
import dev.ordinal.journal.record.KeyState;
import dev.ordinal.journal.record.Version;
import dev.ordinal.journal.transaction.Alternative;
import dev.ordinal.journal.transaction.Command;
import dev.ordinal.journal.transaction.Group;
import dev.ordinal.journal.transaction.Guard;
import dev.ordinal.journal.transaction.Key;
import dev.ordinal.journal.transaction.KeyRange;
import dev.ordinal.journal.transaction.Operation;
import dev.ordinal.journal.transaction.Transaction;
import dev.ordinal.journal.validation.LeasePresence;
import dev.ordinal.journal.validation.Present;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The present while a slot is applied: what is stored, and over it what the slot's transactions
 * have committed so far. The keys that the slot names are looked up a few at a time, in the order
 * in which they are needed: they may be many, and their values large.
 */
final class SlotView implements Present {
  /** Keys that are looked up together; each value can have a mebibyte. */
  private static final int LOOKUP_KEYS = 32;

  private final StateView stored;

  /** The keys that the slot names, once each, in the order of its commands. */
  private final List<Key> named = new ArrayList<>();

  /** Their places in {@link #named}. */
  private final Map<Key, Integer> places = new HashMap<>();

  /** What was looked up last; null: it does not exist. */
  private final Map<Key, @Nullable Version> found = new HashMap<>();

  /** What the slot wrote so far. */
  private final NavigableMap<Key, Version> written = new TreeMap<>();

  private final LeasePresence leases;

  SlotView(StateView stored, LeasePresence leases, List<Command> commands) {
    this.stored = stored;
    this.leases = leases;
    for (Command command : commands) {
      if (command instanceof Command.Submit(Transaction transaction)) {
        transaction.groups().forEach(this::collect);
      }
    }
  }

  private void collect(Group group) {
    group.guards().forEach(this::collect);
    for (Alternative alternative : group.alternatives()) {
      alternative.guards().forEach(this::collect);
      for (Operation operation : alternative.operations()) {
        Key key = written(operation);
        if (key != null) {
          collect(key);
        }
      }
    }
  }

  private void collect(Guard guard) {
    if (guard instanceof Guard.OnKey present) {
      collect(present.key());
    }
  }

  /** Looks {@code keys} up together when the first of them is needed. */
  void expect(Collection<Key> keys) {
    keys.forEach(this::collect);
  }

  private void collect(Key key) {
    if (places.putIfAbsent(key, named.size()) == null) {
      named.add(key);
    }
  }

  private static @Nullable Key written(Operation operation) {
    return switch (operation) {
      case Operation.Put put -> put.key();
      case Operation.Delete delete -> delete.key();
      case Operation.DeleteRange range -> null;
      case Operation.Add add -> add.key();
      case Operation.CreateCounter create -> create.key();
      case Operation.SetBounds set -> set.key();
    };
  }

  @Override
  public LeasePresence leases() {
    return leases;
  }

  @Override
  public KeyState state(Key key) {
    Version version = version(key);
    return version == null ? KeyState.DELETED : version.state();
  }

  /** The present version of {@code key}; null: it does not exist. */
  @Nullable Version version(Key key) {
    Version changed = written.get(key);
    if (changed != null) {
      return changed.state().exists() ? changed : null;
    }
    if (!found.containsKey(key)) {
      lookUp(key);
    }
    return found.get(key);
  }

  /** Together with those that are named after it. */
  private void lookUp(Key key) {
    Integer place = places.get(key);
    List<Key> keys =
        place == null
            ? List.of(key)
            : named.subList(place, Math.min(place + LOOKUP_KEYS, named.size()));
    if (found.size() + keys.size() > 2 * LOOKUP_KEYS) {
      found.clear();
    }
    List<@Nullable Version> versions = stored.latest(keys);
    for (int i = 0; i < keys.size(); i++) {
      found.put(keys.get(i), versions.get(i));
    }
  }

  @Override
  public List<Key> existing(KeyRange range, int max) {
    NavigableMap<Key, Version> over =
        range.end() == null
            ? written.tailMap(range.start(), true)
            : written.subMap(range.start(), true, range.end(), false);
    NavigableSet<Key> merged = new TreeSet<>(stored.existingIn(range, max + over.size()));
    over.forEach((key, version) -> {
      if (version.state().exists()) {
        merged.add(key);
      } else {
        merged.remove(key);
      }
    });
    return merged.stream().limit(max).toList();
  }

  /** Adds what the transaction at {@code order} did. */
  void committed(long order, List<Effect> effects) {
    for (Effect effect : effects) {
      written.put(effect.key(), new Version(order, effect.state()));
    }
  }
}
