package dev.ordinal.cli.demo;

import dev.ordinal.client.HistoryId;
import dev.ordinal.client.Key;
import dev.ordinal.client.KeyRange;
import dev.ordinal.client.OrderId;
import dev.ordinal.client.ReadView;
import dev.ordinal.client.Row;
import dev.ordinal.client.Snapshot;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** All rows of a store at one order ID, fetched once. */
record RowsView(HistoryId history, OrderId order, NavigableMap<Key, Row> rows) implements ReadView {
  RowsView {
    rows = Collections.unmodifiableNavigableMap(new TreeMap<>(rows));
  }

  static RowsView of(Snapshot snapshot) {
    NavigableMap<Key, Row> rows = new TreeMap<>();
    try (Stream<Row> all = snapshot.scan(KeyRange.all())) {
      all.forEach(row -> rows.put(row.key(), row));
    }
    return new RowsView(snapshot.history(), snapshot.order(), rows);
  }

  @Override
  public Optional<Row> get(Key key) {
    return Optional.ofNullable(rows.get(key));
  }

  @Override
  public Stream<Row> scan(KeyRange range) {
    NavigableMap<Key, Row> from = rows.tailMap(range.start(), true);
    Key end = range.end();
    return (end == null ? from : from.headMap(end, false)).values().stream();
  }
}
