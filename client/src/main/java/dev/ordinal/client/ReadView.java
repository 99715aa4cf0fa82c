package dev.ordinal.client;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The rows as they were right after one order ID; reading again returns the same. */
public interface ReadView {
  HistoryId history();

  OrderId order();

  /** The row of a key, if it exists. */
  Optional<Row> get(Key key);

  /** The rows of {@code range}, ascending by key. */
  Stream<Row> scan(KeyRange range);

  /** The rows of those keys that exist, in the order of {@code keys}. */
  default Map<Key, Row> getAll(Collection<Key> keys) {
    Map<Key, Row> rows = new LinkedHashMap<>();
    for (Key key : keys) {
      get(key).ifPresent(row -> rows.put(key, row));
    }
    return rows;
  }
}
