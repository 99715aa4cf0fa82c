package dev.ordinal.scheduler.submit;

import dev.ordinal.client.Change;
import dev.ordinal.client.Content;
import dev.ordinal.client.Counter;
import dev.ordinal.client.HistoryId;
import dev.ordinal.client.Key;
import dev.ordinal.client.Mirror;
import dev.ordinal.client.MirrorEvent;
import dev.ordinal.client.OrderId;
import dev.ordinal.client.Row;
import dev.ordinal.scheduler.cluster.Cluster;
import dev.ordinal.scheduler.cluster.Node;
import dev.ordinal.scheduler.cluster.Placement;
import dev.ordinal.scheduler.cluster.Resource;
import dev.ordinal.scheduler.placement.ClusterView;
import dev.ordinal.scheduler.plan.Detection;
import dev.ordinal.scheduler.plan.ReadPoint;
import dev.ordinal.scheduler.stored.StoreLayout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one scheduler knows: what its mirror says, less what it has proposed and the mirror does not
 * show yet. An own plan is claimed when it is proposed, and given back at the very event that shows
 * its task placed (the counters of that event contain it) or when it was refused. So each plan
 * counts exactly once at any time, and a scheduler that is alone never conflicts with itself.
 */
final class KnownCluster implements ReadPoint {
  private final ClusterView view;
  private final Map<Key, Free> counters = new HashMap<>();

  /** By key of the task: own plans that are claimed in the view. */
  private final Map<Key, Placement> claims = new HashMap<>();

  /** By position of the node: the order ID of the last own commit there. */
  private final OrderId[] ownCommits;

  private HistoryId history = HistoryId.ANY;
  private OrderId order = OrderId.NONE;
  private OrderId lastOwnCommit = OrderId.NONE;

  /** A counter, and its value as the mirror last showed it. */
  private static final class Free {
    private final Node node;
    private final Resource resource;
    private long shown;

    private Free(Node node, Resource resource, long capacity) {
      this.node = node;
      this.resource = resource;
      this.shown = capacity;
    }
  }

  KnownCluster(Cluster cluster) {
    this.view = new ClusterView(cluster);
    this.ownCommits = new OrderId[cluster.size()];
    for (Node node : cluster.nodes()) {
      ownCommits[node.position()] = OrderId.NONE;
      for (Resource resource : StoreLayout.resources(node)) {
        long capacity = view.free(node, resource);
        counters.put(StoreLayout.free(node, resource), new Free(node, resource, capacity));
      }
    }
  }

  ClusterView view() {
    return view;
  }

  @Override
  public HistoryId history() {
    return history;
  }

  /**
   * An own commit of {@link Detection#JOURNAL} succeeds only if nothing else came between what was
   * known and itself; thus it is known through itself before the mirror shows it.
   */
  @Override
  public OrderId order() {
    return order.max(lastOwnCommit);
  }

  /** For {@link Detection#NODE} the same holds for each node. */
  @Override
  public OrderId order(Node node) {
    return order.max(ownCommits[node.position()]);
  }

  /** The last order ID that the mirror has shown. */
  OrderId shownOrder() {
    return order;
  }

  /** Takes over what the mirror tells. */
  void apply(MirrorEvent event) {
    history = event.view().history();
    order = order.max(event.view().order());
    switch (event) {
      case MirrorEvent.Loaded(Mirror.View rows) -> load(rows);
      case MirrorEvent.Changed(Mirror.View _, List<Change> changes) -> changes.forEach(this::apply);
    }
  }

  /** The mirror knows everything through {@code at}; what it had of it was applied before. */
  void caughtUp(OrderId at) {
    order = order.max(at);
  }

  /** The plan for a task was proposed. */
  void claim(Placement placement) {
    view.claim(placement);
    claims.put(StoreLayout.task(placement.task().name()), placement);
  }

  /** The plan for a task came to nothing; no effect if the mirror has already shown it. */
  void giveUp(Placement placement) {
    Key task = StoreLayout.task(placement.task().name());
    if (claims.remove(task, placement)) {
      view.release(placement);
    }
  }

  /** An own transaction was committed that placed tasks on {@code nodes}. */
  void committed(OrderId at, List<Node> nodes) {
    lastOwnCommit = lastOwnCommit.max(at);
    nodes.forEach(node -> ownCommits[node.position()] = at);
  }

  private void load(Mirror.View rows) {
    for (Map.Entry<Key, Free> counter : counters.entrySet()) {
      Optional<Row> row = rows.get(counter.getKey());
      show(counter.getKey(), counter.getValue(), row.map(Row::content).orElse(null));
    }
    for (Key task : new ArrayList<>(claims.keySet())) {
      if (rows.get(task).isPresent()) {
        confirm(task);
      }
    }
  }

  private void apply(Change change) {
    Free counter = counters.get(change.key());
    if (counter != null) {
      show(change.key(), counter, change.content());
    } else if (!change.isDeletion()) {
      confirm(change.key());
    }
  }

  private void show(Key key, Free counter, @Nullable Content content) {
    if (!(content instanceof Counter(long value, long _, long _))) {
      throw new IllegalStateException(
          "the store has no counter %s: register the cluster before scheduling on it"
              .formatted(key));
    }
    view.adjust(counter.node, counter.resource, value - counter.shown);
    counter.shown = value;
  }

  private void confirm(Key key) {
    Placement claim = claims.remove(key);
    if (claim != null) {
      view.release(claim);
    }
  }
}
