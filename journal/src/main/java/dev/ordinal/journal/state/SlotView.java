package dev.ordinal.journal.state;

import dev.ordinal.journal.record.Effect;
import dev.ordinal.journal.record.KeyState;
import dev.ordinal.journal.record.Row;
import dev.ordinal.journal.record.Version;
import dev.ordinal.journal.transaction.Alternative;
import dev.ordinal.journal.transaction.Command;
import dev.ordinal.journal.transaction.Group;
import dev.ordinal.journal.transaction.Key;
import dev.ordinal.journal.transaction.KeyRange;
import dev.ordinal.journal.transaction.Operation;
import dev.ordinal.journal.transaction.Transaction;
import dev.ordinal.journal.validation.Present;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The present while a slot is applied: what is stored, and over it what the slot's transactions
 * have committed so far. The keys that the slot names are looked up together, once, at the start.
 */
final class SlotView implements Present {
  private final StateView stored;

  /** The newest version of every key that was looked up or written; null: never written. */
  private final Map<Key, @Nullable Version> known = new HashMap<>();

  /** What the slot wrote so far, for ranges. */
  private final NavigableMap<Key, Version> written = new TreeMap<>();

  SlotView(StateView stored, List<Command> commands) {
    this.stored = stored;
    List<Key> named = new ArrayList<>();
    for (Command command : commands) {
      if (command instanceof Command.Submit(Transaction transaction)) {
        transaction.groups().forEach(group -> collect(group, named));
      }
    }
    List<@Nullable Version> versions = named.isEmpty() ? List.of() : stored.latest(named);
    for (int i = 0; i < named.size(); i++) {
      known.put(named.get(i), versions.get(i));
    }
  }

  private void collect(Group group, List<Key> named) {
    group.guards().forEach(guard -> collect(guard.key(), named));
    for (Alternative alternative : group.alternatives()) {
      alternative.guards().forEach(guard -> collect(guard.key(), named));
      for (Operation operation : alternative.operations()) {
        Key key = written(operation);
        if (key != null) {
          collect(key, named);
        }
      }
    }
  }

  /** Each key once: {@code known} holds its place until it is looked up. */
  private void collect(Key key, List<Key> named) {
    if (!known.containsKey(key)) {
      known.put(key, null);
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
  public KeyState state(Key key) {
    Version version = version(key);
    return version == null ? KeyState.DELETED : version.state();
  }

  /** The newest version of {@code key}, a deletion included; null: never written. */
  @Nullable Version version(Key key) {
    Version version = known.get(key);
    if (version == null && !known.containsKey(key)) {
      version = stored.latest(List.of(key)).getFirst();
      known.put(key, version);
    }
    return version;
  }

  @Override
  public List<Key> existing(KeyRange range, int max) {
    NavigableMap<Key, Version> over =
        range.end() == null
            ? written.tailMap(range.start(), true)
            : written.subMap(range.start(), true, range.end(), false);
    NavigableMap<Key, Version> merged = new TreeMap<>();
    for (Row row : stored.latestIn(range, max + over.size())) {
      merged.put(row.key(), row.version());
      known.putIfAbsent(row.key(), row.version());
    }
    merged.putAll(over);
    List<Key> keys = new ArrayList<>();
    for (Map.Entry<Key, Version> entry : merged.entrySet()) {
      if (entry.getValue().state().exists() && keys.size() < max) {
        keys.add(entry.getKey());
      }
    }
    return keys;
  }

  /** Adds what the transaction at {@code order} did. */
  void committed(long order, List<Effect> effects) {
    for (Effect effect : effects) {
      Version version = new Version(order, effect.state());
      known.put(effect.key(), version);
      written.put(effect.key(), version);
    }
  }
}
