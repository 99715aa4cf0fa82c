package dev.ordinal.journal.model;

import dev.ordinal.journal.outcome.GroupOutcome;
import dev.ordinal.journal.outcome.Outcome;
import dev.ordinal.journal.outcome.Refusal;
import dev.ordinal.journal.record.KeyState;
import dev.ordinal.journal.retention.Retention;
import dev.ordinal.journal.retention.RetentionChange;
import dev.ordinal.journal.transaction.Alternative;
import dev.ordinal.journal.transaction.Command;
import dev.ordinal.journal.transaction.Group;
import dev.ordinal.journal.transaction.Key;
import dev.ordinal.journal.transaction.KeyRange;
import dev.ordinal.journal.transaction.Mode;
import dev.ordinal.journal.transaction.Operation;
import dev.ordinal.journal.transaction.ReadKey;
import dev.ordinal.journal.transaction.ReadRange;
import dev.ordinal.journal.transaction.Snapshot;
import dev.ordinal.journal.transaction.Transaction;
import dev.ordinal.journal.validation.Horizon;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The journal, written to be read. It keeps the whole state at every order ID and looks through
 * everything that ever happened to find what changed; it has no index, no cache and no storage.
 */
public final class ModelJournal {
  private final long history;
  private final Horizon.Limits limits;
  private final int deletedKeysMax;
  private final ModelSessions sessions;
  private final ModelLeases leases;
  private final ModelClock clock = new ModelClock();

  private final ModelRetention retention = new ModelRetention();

  /** At index o, all existing keys at order ID o. */
  private final List<NavigableMap<Key, KeyState>> states =
      new ArrayList<>(List.of(new TreeMap<>()));

  /** At index o, what order ID o changed; index 0 is nothing. */
  private final List<Change> changes = new ArrayList<>(List.of(new Change(0, new TreeMap<>())));

  /** What one transaction of {@code session} left of the keys it changed. */
  private record Change(long session, NavigableMap<Key, KeyState> effects) {}

  public ModelJournal(
      long history,
      Horizon.Limits limits,
      int sessionsMax,
      int outcomesMax,
      int deletedKeysMax,
      ModelLeases leases) {
    this.history = history;
    this.limits = limits;
    this.deletedKeysMax = deletedKeysMax;
    this.leases = leases;
    this.sessions = new ModelSessions(sessionsMax, outcomesMax);
  }

  public long lastOrder() {
    return states.size() - 1L;
  }

  public NavigableMap<Key, KeyState> state(long order) {
    return states.get((int) order);
  }

  public Retention retention() {
    return retention.retention();
  }

  /** What {@code order} changed. */
  public NavigableMap<Key, KeyState> effects(long order) {
    return changes.get((int) order).effects();
  }

  /** The order ID that last changed {@code key} in the state at {@code order}. */
  public long modifiedAt(Key key, long order) {
    return lastChange(0, order, key::equals);
  }

  public List<Outcome> apply(long slot, List<Command> commands) {
    return commands.stream().map(command -> apply(slot, command)).toList();
  }

  private Outcome apply(long slot, Command command) {
    return switch (command) {
      case Command.Submit(Transaction transaction) -> submit(slot, transaction);
      case Command.OpenSession opening -> sessions.open(slot, opening);
      case Command.CloseSession closing -> sessions.close(closing);
      case Command.GrantLease granting -> leases.grant(granting);
      case Command.RevokeLease(long lease) ->
          leases.isAlive(lease)
              ? new Outcome.LeaseRevoked(lease, delete(leases.revoke(lease)))
              : new Outcome.LeaseUnknown(lease);
      case Command.KeepAlive(List<Long> kept, List<Long> open) ->
          new Outcome.KeptAlive(leases.keepAlive(kept), sessions.keepAlive(slot, open));
      case Command.Tick tick -> tick(slot, tick);
      case Command.Barrier() -> clock.barrier(slot);
      case Command.Retain(RetentionChange change) -> retention.apply(change, lastOrder(), clock);
      case Command.Malformed(String reason, _) -> new Outcome.Malformed(reason);
    };
  }

  private Outcome tick(long slot, Command.Tick tick) {
    Outcome outcome = clock.tick(slot, tick);
    if (outcome instanceof Outcome.ClockMarked(_, long millis)) {
      sessions.settle(millis);
      leases.settle(millis);
      if (!clock.isGrace()) {
        sessions.expire(millis);
        long _ = delete(leases.expire(millis));
      }
    }
    return outcome;
  }

  /** The order ID at which {@code keys} are deleted; 0 if there are none. */
  private long delete(NavigableSet<Key> keys) {
    if (keys.isEmpty()) {
      return 0;
    }
    NavigableMap<Key, KeyState> next = new TreeMap<>(states.getLast());
    NavigableMap<Key, KeyState> effects = new TreeMap<>();
    for (Key key : keys) {
      next.remove(key);
      effects.put(key, KeyState.DELETED);
    }
    changes.add(new Change(0, effects));
    states.add(next);
    return lastOrder();
  }

  private Outcome submit(long slot, Transaction transaction) {
    Outcome known = sessions.known(slot, transaction.origin());
    if (known != null) {
      return known;
    }
    Outcome outcome = judge(transaction);
    sessions.keep(transaction.origin(), outcome);
    return outcome;
  }

  private Outcome judge(Transaction transaction) {
    Snapshot snapshot = transaction.snapshot();
    if (snapshot != null) {
      List<Long> orders = readOrders(transaction, snapshot);
      if (snapshot.history() != history || orders.stream().anyMatch(o -> o > lastOrder())) {
        return new Outcome.OutOfRange(lastOrder(), history);
      }
      if (orders.stream().anyMatch(o -> o < horizon())) {
        return new Outcome.TooOld(horizon(), lastOrder());
      }
      if (transaction.mode() == Mode.JOURNAL && snapshot.order() != lastOrder()) {
        Refusal moved = new Refusal.JournalMoved(lastOrder(), changes.getLast().session());
        GroupOutcome rejected = new GroupOutcome.Rejected(moved);
        return new Outcome.Refused(
            transaction.groups().stream().map(group -> rejected).toList(), lastOrder());
      }
    }
    ModelDraft draft = new ModelDraft(states.getLast(), deletedKeysMax, leases);
    List<GroupOutcome> outcomes = new ArrayList<>();
    for (Group group : transaction.groups()) {
      outcomes.add(judge(group, snapshot, draft));
    }
    long accepted = outcomes.stream().filter(o -> o instanceof GroupOutcome.Accepted).count();
    if (accepted < transaction.policy().required(outcomes.size())) {
      return new Outcome.Refused(outcomes, lastOrder());
    }
    changes.add(new Change(transaction.origin().session(), draft.effects()));
    states.add(draft.state());
    leases.wrote(draft.tenures());
    return new Outcome.Committed(lastOrder(), outcomes);
  }

  private static List<Long> readOrders(Transaction transaction, Snapshot snapshot) {
    return Stream.concat(
            Stream.of(snapshot.order()),
            transaction.groups().stream()
                .flatMap(group ->
                    Stream.concat(
                        group.readKeys().stream().map(ReadKey::at),
                        group.readRanges().stream().map(ReadRange::at))))
        .toList();
  }

  private GroupOutcome judge(Group group, @Nullable Snapshot snapshot, ModelDraft draft) {
    Refusal refusal =
        first(
            first(group.readKeys(), read -> changedKey(read.key(), read.at())),
            first(group.readRanges(), read -> changedRange(read.range(), read.at())),
            first(group.guards(), draft::check));
    if (refusal != null) {
      return new GroupOutcome.Rejected(refusal);
    }
    for (int i = 0; i < group.alternatives().size(); i++) {
      Alternative alternative = group.alternatives().get(i);
      ModelDraft attempt = draft.copy();
      refusal =
          first(
              first(alternative.operations(), write -> changedWrite(write, group, snapshot)),
              first(alternative.guards(), attempt::check),
              first(alternative.operations(), attempt::perform));
      if (refusal == null) {
        draft.become(attempt);
        return new GroupOutcome.Accepted(i);
      }
    }
    return new GroupOutcome.Rejected(Objects.requireNonNull(refusal));
  }

  private @Nullable Refusal changedWrite(
      Operation operation, Group group, @Nullable Snapshot snapshot) {
    if (snapshot == null) {
      return null;
    }
    return switch (operation) {
      case Operation.Put put -> changedKey(put.key(), put.blind(), group, snapshot);
      case Operation.Delete delete -> changedKey(delete.key(), delete.blind(), group, snapshot);
      case Operation.CreateCounter create ->
          changedKey(create.key(), create.blind(), group, snapshot);
      case Operation.SetBounds set -> changedKey(set.key(), set.blind(), group, snapshot);
      case Operation.Add add -> null;
      case Operation.DeleteRange(KeyRange range, boolean blind) ->
          blind || group.readRanges().stream().anyMatch(read -> read.range().equals(range))
              ? null
              : changedRange(range, snapshot.order());
    };
  }

  private @Nullable Refusal changedKey(Key key, boolean blind, Group group, Snapshot snapshot) {
    return blind || group.readKeys().stream().anyMatch(read -> read.key().equals(key))
        ? null
        : changedKey(key, snapshot.order());
  }

  private @Nullable Refusal changedKey(Key key, long at) {
    long order = lastChange(at, lastOrder(), key::equals);
    if (order == 0) {
      return null;
    }
    Change change = changes.get((int) order);
    return Objects.requireNonNull(change.effects().get(key)).exists()
        ? new Refusal.Written(key, order, change.session())
        : new Refusal.Deleted(key, order, change.session());
  }

  private @Nullable Refusal changedRange(KeyRange range, long at) {
    long order = lastChange(at, lastOrder(), range::contains);
    return order == 0
        ? null
        : new Refusal.Phantom(range, order, changes.get((int) order).session());
  }

  /** The last order ID after {@code after}, through {@code through}, that changed such a key. */
  private long lastChange(long after, long through, Predicate<Key> keys) {
    for (long order = through; order > after; order--) {
      if (changes.get((int) order).effects().keySet().stream().anyMatch(keys)) {
        return order;
      }
    }
    return 0;
  }

  /** How far back orders and bytes allow to look. */
  public long horizon() {
    long order = lastOrder();
    long bytes = bytesOf(order);
    while (order > 0 && lastOrder() - order < limits.ordersMax() && bytes <= limits.bytesMax()) {
      order--;
      bytes += bytesOf(order);
    }
    return order;
  }

  private long bytesOf(long order) {
    return changes.get((int) order).effects().keySet().stream()
        .mapToLong(key -> key.length() + 128L)
        .sum();
  }

  private static <T> @Nullable Refusal first(List<T> items, Check<T> check) {
    for (T item : items) {
      Refusal refusal = check.of(item);
      if (refusal != null) {
        return refusal;
      }
    }
    return null;
  }

  private interface Check<T> {
    @Nullable Refusal of(T item);
  }

  private static @Nullable Refusal first(@Nullable Refusal... refusals) {
    for (Refusal refusal : refusals) {
      if (refusal != null) {
        return refusal;
      }
    }
    return null;
  }
}
