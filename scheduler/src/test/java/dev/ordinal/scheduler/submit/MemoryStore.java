package dev.ordinal.scheduler.submit;

import dev.ordinal.client.Alternative;
import dev.ordinal.client.Change;
import dev.ordinal.client.Content;
import dev.ordinal.client.Counter;
import dev.ordinal.client.Group;
import dev.ordinal.client.GroupOutcome;
import dev.ordinal.client.Guard;
import dev.ordinal.client.Key;
import dev.ordinal.client.Mode;
import dev.ordinal.client.Operation;
import dev.ordinal.client.OrderId;
import dev.ordinal.client.Outcome;
import dev.ordinal.client.Policy;
import dev.ordinal.client.Refusal;
import dev.ordinal.client.Row;
import dev.ordinal.client.Transaction;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A store in memory that judges what schedulers send: keys that were read, guards, counters,
 * alternatives, policies, and the journal's strict mode. Not thread-safe.
 */
final class MemoryStore {
  private final TreeMap<Key, Row> rows = new TreeMap<>();

  /** What the present transaction has overwritten, the last first. */
  private final Deque<Overwritten> overwritten = new ArrayDeque<>();

  private OrderId order = OrderId.NONE;

  private record Overwritten(Key key, @Nullable Row before) {}

  /** An outcome, and what it changed: nothing unless it was committed. */
  record Judged(Outcome outcome, List<Change> changes) {}

  OrderId order() {
    return order;
  }

  NavigableMap<Key, Row> rows() {
    return rows;
  }

  Judged commit(Transaction transaction) {
    boolean moved =
        transaction.mode() == Mode.JOURNAL && !transaction.readOrder().equals(Optional.of(order));
    List<GroupOutcome> outcomes = new ArrayList<>();
    overwritten.clear();
    for (Group group : transaction.groups()) {
      outcomes.add(moved ? refused(Refusal.Kind.JOURNAL_MOVED, null, order) : judge(group));
    }
    long accepted = outcomes.stream().filter(GroupOutcome::isAccepted).count();
    long required = transaction.policy() instanceof Policy.All ? outcomes.size() : 1;
    if (accepted < required) {
      undo(0);
      return new Judged(new Outcome.Refused(outcomes, order), List.of());
    }
    order = next();
    return new Judged(new Outcome.Committed(order, outcomes), changes());
  }

  private List<Change> changes() {
    TreeSet<Key> keys = new TreeSet<>();
    overwritten.forEach(row -> keys.add(row.key()));
    List<Change> changes = new ArrayList<>();
    for (Key key : keys) {
      Row row = rows.get(key);
      changes.add(new Change(key, row == null ? null : row.content(), OrderId.NONE));
    }
    return changes;
  }

  private GroupOutcome judge(Group group) {
    for (Group.ReadKey read : group.readKeys()) {
      Row row = rows.get(read.key());
      OrderId at = read.at() == null ? order : read.at();
      // What an earlier group of the same transaction wrote does not count.
      if (row != null && at.isBefore(row.modifiedAt()) && !row.modifiedAt().equals(next())) {
        return refused(Refusal.Kind.WRITE, read.key(), row.modifiedAt());
      }
    }
    for (Guard guard : group.guards()) {
      if (guard instanceof Guard.Absent(Key key) && rows.containsKey(key)) {
        return refused(Refusal.Kind.GUARD, key, OrderId.NONE);
      }
    }
    GroupOutcome last = refused(Refusal.Kind.UNRECOGNIZED, null, OrderId.NONE);
    for (int index = 0; index < group.alternatives().size(); index++) {
      int mark = overwritten.size();
      Optional<GroupOutcome> refusal = run(group.alternatives().get(index));
      if (refusal.isEmpty()) {
        return new GroupOutcome.Accepted(index);
      }
      undo(mark);
      last = refusal.get();
    }
    return last;
  }

  private Optional<GroupOutcome> run(Alternative alternative) {
    for (Operation operation : alternative.operations()) {
      Key key = operation.key();
      Row row = rows.get(key);
      switch (operation) {
        case Operation.Put(Key _, var value, boolean _) -> write(key, value);
        case Operation.CreateCounter(Key _, Counter counter, boolean _) -> {
          if (row != null) {
            return Optional.of(refused(Refusal.Kind.COUNTER_EXISTS, key, OrderId.NONE));
          }
          write(key, counter);
        }
        case Operation.Add(Key _, long delta) -> {
          if (row == null) {
            return Optional.of(refused(Refusal.Kind.NOT_A_COUNTER, key, OrderId.NONE));
          }
          Counter old = row.counter();
          if (old.value() + delta < old.low() || old.value() + delta > old.high()) {
            return Optional.of(refused(Refusal.Kind.BOUND, key, OrderId.NONE));
          }
          write(key, new Counter(old.value() + delta, old.low(), old.high()));
        }
        case Operation.Delete _, Operation.DeleteRange _, Operation.SetBounds _ ->
            throw new IllegalArgumentException("schedulers do not send " + operation);
      }
    }
    return Optional.empty();
  }

  private void write(Key key, Content content) {
    overwritten.addLast(new Overwritten(key, rows.put(key, new Row(key, content, next()))));
  }

  private void undo(int mark) {
    while (overwritten.size() > mark) {
      Overwritten last = overwritten.removeLast();
      if (last.before() == null) {
        rows.remove(last.key());
      } else {
        rows.put(last.key(), last.before());
      }
    }
  }

  private OrderId next() {
    return OrderId.of(order.value() + 1);
  }

  private static GroupOutcome refused(Refusal.Kind kind, @Nullable Key key, OrderId order) {
    return new GroupOutcome.Refused(new Refusal(kind, key, null, order, 0, 0, 0));
  }
}
