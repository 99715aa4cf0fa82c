package dev.ordinal.client;

import dev.ordinal.proto.store.v1.Record;
import dev.ordinal.proto.store.v1.StateRows;
import dev.ordinal.proto.store.v1.SubscribeReply;
import dev.ordinal.proto.store.v1.SubscribeRequest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pcollections.TreePMap;

/**
 * What a mirror knows, and what it makes of each message of its subscription. No threads, no
 * network: whoever owns it feeds it and publishes its view.
 */
final class MirrorState {
  /*
   * Why there are no gaps. A stream delivers records in ascending order of order IDs, and leaves
   * out those without changes under the prefixes, so that counting cannot show a gap. Each change
   * names the order ID that changed its key before: if that is not the one this mirror has for the
   * key, something in between is missing, and everything is read anew.
   */

  private final List<Key> prefixes;
  private MirrorView view = MirrorView.EMPTY;
  private boolean loaded;
  private @Nullable Loading loading;

  MirrorState(List<Key> prefixes) {
    this.prefixes = List.copyOf(prefixes);
  }

  /** Rows that arrive before the state is complete. */
  private record Loading(OrderId order, TreePMap<Key, Row> rows) {}

  MirrorView view() {
    return view;
  }

  boolean isLoaded() {
    return loaded;
  }

  /** What to subscribe to now: what follows the view, or everything. */
  SubscribeRequest next() {
    loading = null;
    SubscribeRequest.Builder request =
        SubscribeRequest.newBuilder().addAllPrefixes(RowCodec.bytes(prefixes));
    return loaded
        ? request.setAfterOrder(view.order().value()).setHistory(view.history().value()).build()
        : request.setInitialState(true).build();
  }

  /** Forgets that it had anything; the view stays until the rows were read anew. */
  void readAnew() {
    loaded = false;
    loading = null;
  }

  /**
   * Takes one message, and returns what happened.
   *
   * @throws MisfitException if it does not follow from what came before; the state is unchanged
   */
  List<MirrorEvent> accept(SubscribeReply reply) throws MisfitException {
    HistoryId history = reply.hasHistory() ? new HistoryId(reply.getHistory()) : view.history();
    if (loaded && !history.equals(view.history())) {
      throw new MisfitException("the history is %s and was %s".formatted(history, view.history()));
    }
    return switch (reply.getKindCase()) {
      case STATE -> load(history, reply.getState());
      case RECORDS -> apply(reply.getRecords().getRecordsList());
      case PROGRESS -> progress(OrderId.of(reply.getProgress().getOrder()));
      case SNAPSHOT_REQUIRED ->
          throw MisfitException.trimmed(view.order(), reply.getSnapshotRequired());
      case KIND_NOT_SET -> List.of();
    };
  }

  private List<MirrorEvent> load(HistoryId history, StateRows state) throws MisfitException {
    if (loaded) {
      throw new MisfitException("rows came where records were expected");
    }
    OrderId order = OrderId.of(state.getOrder());
    if (history.equals(view.history()) && order.isBefore(view.order())) {
      throw new MisfitException(
          "the rows are at order ID %s, and %s was seen before".formatted(order, view.order()));
    }
    Loading before = loading == null ? new Loading(order, TreePMap.empty()) : loading;
    if (!before.order().equals(order)) {
      throw new MisfitException(
          "rows at two order IDs, %s and %s".formatted(before.order(), order));
    }
    TreePMap<Key, Row> rows = before.rows();
    for (var message : state.getRowsList()) {
      Row row = RowCodec.row(message);
      rows = rows.plus(row.key(), row);
    }
    if (!state.getLast()) {
      loading = new Loading(order, rows);
      return List.of();
    }
    loading = null;
    loaded = true;
    view = new MirrorView(history, order, rows);
    return List.of(new MirrorEvent.Loaded(view));
  }

  private List<MirrorEvent> apply(List<Record> records) throws MisfitException {
    checkLoaded("records");
    List<MirrorEvent> events = new ArrayList<>(records.size());
    MirrorView next = view;
    for (Record record : records) {
      OrderId order = OrderId.of(record.getOrder());
      if (order.compareTo(next.order()) <= 0) {
        throw new MisfitException(
            "record %s came after order ID %s".formatted(order, next.order()));
      }
      List<Change> changes = RowCodec.changes(record);
      next = new MirrorView(next.history(), order, changed(next.rows(), order, changes));
      events.add(new MirrorEvent.Changed(next, changes));
    }
    view = next;
    return events;
  }

  private static TreePMap<Key, Row> changed(
      TreePMap<Key, Row> rows, OrderId order, List<Change> changes) throws MisfitException {
    TreePMap<Key, Row> changed = rows;
    for (Change change : changes) {
      Row present = changed.get(change.key());
      OrderId prior = change.priorOrder();
      OrderId here = present == null ? OrderId.NONE : present.modifiedAt();
      if (!prior.equals(here)) {
        throw new MisfitException(
            "record %s changes %s as of %s, and it is as of %s here"
                .formatted(order, change.key(), prior, here));
      }
      Content content = change.content();
      changed =
          content == null
              ? changed.minus(change.key())
              : changed.plus(change.key(), new Row(change.key(), content, order));
    }
    return changed;
  }

  private List<MirrorEvent> progress(OrderId order) throws MisfitException {
    checkLoaded("a progress mark");
    if (order.isBefore(view.order())) {
      throw new MisfitException(
          "a progress mark at %s came after order ID %s".formatted(order, view.order()));
    }
    view = new MirrorView(view.history(), order, view.rows());
    return List.of();
  }

  private void checkLoaded(String what) throws MisfitException {
    if (!loaded) {
      throw new MisfitException(what + " came before the rows were complete");
    }
  }
}
