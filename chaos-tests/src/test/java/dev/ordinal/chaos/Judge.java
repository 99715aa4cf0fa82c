package dev.ordinal.chaos;

import dev.ordinal.client.Change;
import dev.ordinal.client.Content;
import dev.ordinal.client.Counter;
import dev.ordinal.client.Group;
import dev.ordinal.client.Guard;
import dev.ordinal.client.JournalRecord;
import dev.ordinal.client.Key;
import dev.ordinal.client.Operation;
import dev.ordinal.client.OrderId;
import dev.ordinal.client.Outcome;
import dev.ordinal.client.Row;
import dev.ordinal.client.Transaction;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Replays the journal by what clients asked for, and holds it against what they were told.
 *
 * <p>Each record must be an attempt, the only record of it, and do exactly what the attempt asks
 * for in the state that the records before it left. Then: what was acknowledged stands at its order
 * ID and after all that was acknowledged before it began; what was refused is nowhere; what is
 * unknown may be there or not. It understands transactions of one group without alternatives.
 */
final class Judge {
  private final Map<String, Attempt> attempts;
  private final Map<String, OrderId> places = new HashMap<>();
  private final NavigableMap<Key, Row> rows = new TreeMap<>();
  private final List<String> faults = new ArrayList<>();
  private OrderId last = OrderId.NONE;

  Judge(Collection<Attempt> attempts) {
    this.attempts =
        attempts.stream().collect(Collectors.toUnmodifiableMap(Attempt::id, Function.identity()));
  }

  /** The next record of the journal, from the first on. */
  void replay(JournalRecord record) {
    check(
        record.order().value() == last.value() + 1,
        () -> "order ID %s follows %s".formatted(record.order(), last));
    last = record.order();
    String id = record.labels().getOrDefault(Attempt.LABEL, "none");
    Attempt attempt = attempts.get(id);
    if (attempt == null) {
      faults.add("order ID %s is of '%s', which nobody attempted".formatted(last, id));
      return;
    }
    OrderId earlier = places.putIfAbsent(id, last);
    check(
        earlier == null, () -> "%s took effect at %s and again at %s".formatted(id, earlier, last));
    apply(attempt, record);
  }

  /** All that is wrong, after the last record. */
  List<String> faults() {
    List<String> all = new ArrayList<>(faults);
    for (Attempt attempt : attempts.values()) {
      String fault = faultOf(attempt, places.get(attempt.id()));
      if (fault != null) {
        all.add("%s %s: %s".formatted(attempt.id(), fault, attempt.outcome()));
      }
    }
    return all;
  }

  /** What every replica must hold at the last order ID. */
  NavigableMap<Key, Row> rows() {
    return Collections.unmodifiableNavigableMap(rows);
  }

  /** Where an attempt took effect, if it did. */
  Optional<OrderId> place(String id) {
    return Optional.ofNullable(places.get(id));
  }

  OrderId last() {
    return last;
  }

  private static @Nullable String faultOf(Attempt attempt, @Nullable OrderId place) {
    return switch (attempt.outcome()) {
      case Outcome.Committed(var order, _) when !order.equals(place) ->
          "was acknowledged and stands at " + place;
      case Outcome.Committed(var order, _) when !attempt.acknowledgedBefore().isBefore(order) ->
          "began after %s was acknowledged".formatted(attempt.acknowledgedBefore());
      case Outcome.Committed _, Outcome.Unknown _ -> null;
      case Outcome.Refused _,
          Outcome.TooOld _,
          Outcome.OutOfRange _,
          Outcome.Invalid _,
          Outcome.NotAccepted _ ->
          place == null ? null : "took effect at " + place + ", though its client was told";
    };
  }

  private void apply(Attempt attempt, JournalRecord record) {
    Transaction transaction = attempt.transaction();
    Group group = transaction.groups().getFirst();
    for (Guard guard : group.guards()) {
      check(holds(guard), () -> "%s at %s: %s does not hold".formatted(attempt.id(), last, guard));
    }
    List<Operation> operations = group.alternatives().getFirst().operations();
    transaction.readOrder().ifPresent(read -> checkUnchanged(attempt, operations, read));
    List<Change> expected = changes(operations);
    check(
        withoutPrior(record.changes()).equals(expected),
        () ->
            "%s at %s: changed %s, asked for %s"
                .formatted(attempt.id(), last, record.changes(), expected));
    expected.forEach(this::store);
  }

  /** What the operations, each of another key, change in the present state; ascending by key. */
  private List<Change> changes(List<Operation> operations) {
    List<Change> changes = new ArrayList<>();
    for (Operation operation : operations) {
      Row present = rows.get(operation.key());
      Content after = after(operation, present);
      if (present != null || after != null) {
        changes.add(new Change(operation.key(), after, OrderId.NONE));
      }
    }
    changes.sort(Comparator.comparing(Change::key));
    return changes;
  }

  /** Whoever writes a key after reading it is the first who does. */
  private void checkUnchanged(Attempt attempt, List<Operation> written, OrderId read) {
    for (Operation operation : written) {
      Row row = rows.get(operation.key());
      check(
          row == null || row.modifiedAt().compareTo(read) <= 0,
          () ->
              "%s at %s read %s at %s, and overwrote %s"
                  .formatted(attempt.id(), last, operation.key(), read, row));
    }
  }

  private boolean holds(Guard guard) {
    return switch (guard) {
      case Guard.Exists(Key key) -> rows.containsKey(key);
      case Guard.Absent(Key key) -> !rows.containsKey(key);
      default -> throw new IllegalArgumentException("the judge does not know " + guard);
    };
  }

  private @Nullable Content after(Operation operation, @Nullable Row present) {
    return switch (operation) {
      case Operation.Put put -> put.value();
      case Operation.Delete _ -> null;
      case Operation.CreateCounter create -> create.counter();
      case Operation.Add add -> sum(add, present);
      default -> throw new IllegalArgumentException("the judge does not know " + operation);
    };
  }

  private Counter sum(Operation.Add add, @Nullable Row present) {
    if (present == null) {
      faults.add("%s at %s: there is no counter".formatted(add, last));
      return new Counter(add.delta(), add.delta(), add.delta());
    }
    Counter counter = present.counter();
    long value = counter.value() + add.delta();
    check(
        value >= counter.low() && value <= counter.high(),
        () -> "%s at %s: breaks the bounds of %s".formatted(add, last, counter));
    return new Counter(value, Math.min(counter.low(), value), Math.max(counter.high(), value));
  }

  private static List<Change> withoutPrior(List<Change> changes) {
    return changes.stream()
        .map(change -> new Change(change.key(), change.content(), OrderId.NONE))
        .toList();
  }

  private void store(Change change) {
    Content content = change.content();
    if (content == null) {
      rows.remove(change.key());
    } else {
      rows.put(change.key(), new Row(change.key(), content, last));
    }
  }

  private void check(boolean claim, Supplier<String> otherwise) {
    if (!claim) {
      faults.add(otherwise.get());
    }
  }
}
