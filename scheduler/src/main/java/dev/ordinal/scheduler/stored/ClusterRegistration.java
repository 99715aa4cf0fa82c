package dev.ordinal.scheduler.stored;

import dev.ordinal.client.Counter;
import dev.ordinal.client.OrderId;
import dev.ordinal.client.OrdinalClient;
import dev.ordinal.client.Outcome;
import dev.ordinal.client.Transaction;
import dev.ordinal.scheduler.cluster.Cluster;
import dev.ordinal.scheduler.cluster.Node;
import dev.ordinal.scheduler.cluster.Resource;
import dev.ordinal.scheduler.placement.ClusterView;
import java.util.ArrayList;
import java.util.List;

/** Writes the nodes of a cluster and their counters into a store that has none of them. */
public final class ClusterRegistration {
  /** Keeps a transaction within its operations: a node has at most 3 + 32. */
  private static final int NODES_IN_TRANSACTION = 100;

  private ClusterRegistration() {}

  /**
   * Registers every node, some in each transaction.
   *
   * @return the order ID of the last transaction
   * @throws dev.ordinal.client.NotCommittedException if one is refused, for example because the
   *     store already has such a node; those before it stay
   */
  public static OrderId register(OrdinalClient client, Cluster cluster) {
    OrderId last = OrderId.NONE;
    for (Transaction transaction : transactions(cluster)) {
      Outcome.Committed committed = client.commit(transaction).orThrow();
      last = last.max(committed.order());
    }
    return last;
  }

  static List<Transaction> transactions(Cluster cluster) {
    ClusterView free = new ClusterView(cluster);
    List<Transaction> transactions = new ArrayList<>();
    for (int from = 0; from < cluster.size(); from += NODES_IN_TRANSACTION) {
      int until = Math.min(from + NODES_IN_TRANSACTION, cluster.size());
      Transaction.Builder builder = Transaction.blind();
      for (Node node : cluster.nodes().subList(from, until)) {
        builder.put(StoreLayout.node(node), NodeRecord.of(node.shape()).encode());
        for (Resource resource : StoreLayout.resources(node)) {
          long capacity = free.free(node, resource);
          builder.createCounter(
              StoreLayout.free(node, resource), new Counter(capacity, 0, capacity));
        }
      }
      transactions.add(builder.build());
    }
    return transactions;
  }
}
