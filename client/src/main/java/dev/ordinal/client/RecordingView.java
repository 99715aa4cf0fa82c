package dev.ordinal.client;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Remembers what is read through it, and collects what is to be written. */
final class RecordingView implements TransactionView {
  private final ReadView source;
  private final Set<Key> keys = new LinkedHashSet<>();
  private final Set<KeyRange> ranges = new LinkedHashSet<>();
  private final List<Guard> guards = new ArrayList<>();
  private final List<Operation> operations = new ArrayList<>();
  private final Map<String, String> labels = new LinkedHashMap<>();

  RecordingView(ReadView source) {
    this.source = source;
  }

  @Override
  public HistoryId history() {
    return source.history();
  }

  @Override
  public OrderId order() {
    return source.order();
  }

  @Override
  public Optional<Row> get(Key key) {
    keys.add(key);
    return source.get(key);
  }

  @Override
  public Map<Key, Row> getAll(Collection<Key> wanted) {
    keys.addAll(wanted);
    return source.getAll(wanted);
  }

  @Override
  public Stream<Row> scan(KeyRange range) {
    ranges.add(range);
    return source.scan(range);
  }

  @Override
  public void put(Key key, Value value) {
    operations.add(Operation.put(key, value));
  }

  @Override
  public void delete(Key key) {
    operations.add(Operation.delete(key));
  }

  @Override
  public void deleteRange(KeyRange range) {
    operations.add(Operation.deleteRange(range));
  }

  @Override
  public void add(Key key, long delta) {
    operations.add(Operation.add(key, delta));
  }

  @Override
  public void operation(Operation operation) {
    operations.add(operation);
  }

  @Override
  public void require(Guard guard) {
    guards.add(guard);
  }

  @Override
  public void label(String name, String value) {
    labels.put(name, value);
  }

  /** Whether there is nothing to commit. */
  boolean isReadOnly() {
    return guards.isEmpty() && operations.isEmpty();
  }

  /** What was collected; blind if nothing was read. */
  Transaction transaction() {
    boolean blind = keys.isEmpty() && ranges.isEmpty();
    Transaction.Builder transaction = blind ? Transaction.blind() : Transaction.reading(source);
    keys.forEach(transaction::read);
    ranges.forEach(transaction::read);
    guards.forEach(transaction::require);
    operations.forEach(transaction::operation);
    labels.forEach(transaction::label);
    return transaction.build();
  }
}
