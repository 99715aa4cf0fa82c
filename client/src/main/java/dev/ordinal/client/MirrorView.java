package dev.ordinal.client;

import java.util.Optional;
import java.util.stream.Stream;
import org.pcollections.TreePMap;

/** The rows of a mirror at one order ID, in a persistent tree that later views share. */
record MirrorView(HistoryId history, OrderId order, TreePMap<Key, Row> rows)
    implements Mirror.View {
  static final MirrorView EMPTY = new MirrorView(HistoryId.ANY, OrderId.NONE, TreePMap.empty());

  @Override
  public Optional<Row> get(Key key) {
    return Optional.ofNullable(rows.get(key));
  }

  @Override
  public Stream<Row> scan(KeyRange range) {
    TreePMap<Key, Row> from = rows.tailMap(range.start());
    Key end = range.end();
    return (end == null ? from : from.headMap(end)).values().stream();
  }

  @Override
  public int size() {
    return rows.size();
  }

  @Override
  public String toString() {
    return "MirrorView[order=" + order + ", rows=" + rows.size() + "]";
  }
}
