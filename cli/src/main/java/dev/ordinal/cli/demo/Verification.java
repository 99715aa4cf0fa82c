package dev.ordinal.cli.demo;

import dev.ordinal.cli.print.Shown;
import dev.ordinal.client.Change;
import dev.ordinal.client.Consistency;
import dev.ordinal.client.JournalRecord;
import dev.ordinal.client.Key;
import dev.ordinal.client.OrderId;
import dev.ordinal.client.OrdinalClient;
import dev.ordinal.client.OrdinalException;
import dev.ordinal.client.ReplicaStatus;
import dev.ordinal.client.Snapshot;
import dev.ordinal.client.Subscription;
import dev.ordinal.scheduler.cluster.Audit;
import dev.ordinal.scheduler.cluster.Placement;
import dev.ordinal.scheduler.stored.StoreLayout;
import dev.ordinal.scheduler.stored.StoredPlacements;
import dev.ordinal.scheduler.workload.Workload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Holds what the schedulers were told against what the replicas hold. Nothing here trusts what the
 * schedulers counted but for the list of placements that were acknowledged to them.
 */
final class Verification {
  private static final Duration CATCH_UP_MAX = Duration.ofSeconds(60);
  private static final long LOOK_MILLIS = 50;

  private final Workload workload;
  private final List<String> addresses;
  private final List<String> faults = new ArrayList<>();

  /**
   * What was found.
   *
   * @param order everything was compared at this order ID
   * @param digests of the journal at {@code order}, by address
   * @param faults in words; none if all is well
   */
  record Result(OrderId order, Map<String, String> digests, List<String> faults) {
    Result {
      faults = List.copyOf(faults);
    }

    boolean verified() {
      return faults.isEmpty();
    }
  }

  Verification(Workload workload, List<String> addresses) {
    this.workload = workload;
    this.addresses = addresses;
  }

  /** {@code acknowledged}: every placement that a scheduler was told is committed. */
  Result verify(OrdinalClient client, List<Placement> acknowledged) throws InterruptedException {
    OrderId order = client.snapshot(Consistency.linearizable()).order();
    Map<String, String> digests = new LinkedHashMap<>();
    for (String address : addresses) {
      digests.put(address, digestAt(client, address, order));
    }
    if (new LinkedHashSet<>(digests.values()).size() != 1) {
      faults.add("the replicas' digests differ at order ID %s: %s".formatted(order, digests));
    }
    RowsView rows = sameRowsEverywhere(client.snapshot(Consistency.at(order)));
    checkPresent(checkCapacity(rows), acknowledged);
    checkPlacedOnce(client, order);
    return new Result(order, digests, faults);
  }

  private static String digestAt(OrdinalClient client, String address, OrderId order)
      throws InterruptedException {
    long until = System.nanoTime() + CATCH_UP_MAX.toNanos();
    while (true) {
      try {
        ReplicaStatus status = client.status(address);
        if (!status.current().isBefore(order)) {
          return Shown.hex(client.status(address, order).digest());
        }
      } catch (OrdinalException silent) {
        if (System.nanoTime() > until) {
          throw silent;
        }
      }
      if (System.nanoTime() > until) {
        throw new IllegalStateException(
            "%s has not reached order ID %s within %s".formatted(address, order, CATCH_UP_MAX));
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }
  }

  /** Reads everything at one order ID from each replica by itself. */
  private RowsView sameRowsEverywhere(Snapshot snapshot) {
    List<RowsView> all = new ArrayList<>();
    for (String address : addresses) {
      try (OrdinalClient one =
          OrdinalClient.builder(List.of(address)).name("verification").connect()) {
        all.add(RowsView.of(one.snapshot(Consistency.at(snapshot.order()))));
      }
      if (!all.getLast().rows().equals(all.getFirst().rows())) {
        faults.add("%s holds other rows at order ID %s".formatted(address, snapshot.order()));
      }
    }
    return all.getFirst();
  }

  /** Every placement fits beside the others, and every counter is what they leave. */
  private List<Placement> checkCapacity(RowsView rows) {
    StoredPlacements stored = StoredPlacements.read(rows, workload.cluster(), workload.tasks());
    faults.addAll(stored.discrepancies());
    Audit.violations(stored.placements()).forEach(violation -> faults.add(violation.toString()));
    return stored.placements();
  }

  private void checkPresent(List<Placement> stored, List<Placement> acknowledged) {
    Set<Placement> storedOnes = new HashSet<>(stored);
    Set<Placement> acknowledgedOnes = new HashSet<>(acknowledged);
    for (Placement placement : acknowledged) {
      if (!storedOnes.contains(placement)) {
        faults.add("lost or changed: %s was acknowledged".formatted(placement));
      }
    }
    for (Placement placement : stored) {
      if (!acknowledgedOnes.contains(placement)) {
        faults.add("%s is in the store, and nobody was told".formatted(placement));
      }
    }
    if (acknowledgedOnes.size() != acknowledged.size()) {
      faults.add("a placement was acknowledged twice");
    }
  }

  /** Replays the journal: each task is written once, and never changed. */
  private void checkPlacedOnce(OrdinalClient client, OrderId order) throws InterruptedException {
    Map<Key, Integer> writes = new TreeMap<>();
    CompletableFuture<Void> all = new CompletableFuture<>();
    Subscription.Handler count =
        new Subscription.Handler() {
          @Override
          public void accept(JournalRecord record) {
            for (Change change : record.changes()) {
              writes.merge(change.key(), 1, Integer::sum);
            }
            onProgress(record.order());
          }

          @Override
          public void onProgress(OrderId through) {
            if (!through.isBefore(order)) {
              all.complete(null);
            }
          }

          @Override
          public void onEnd(OrdinalException cause) {
            all.completeExceptionally(cause);
          }
        };
    try (Subscription _ = client.subscribe(OrderId.NONE, List.of(StoreLayout.TASKS), count)) {
      all.get(CATCH_UP_MAX.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      faults.add("the journal could not be replayed through order ID %s: %s".formatted(order, e));
      return;
    }
    writes.forEach((key, times) -> {
      if (times != 1) {
        faults.add("%s was written %,d times".formatted(key, times));
      }
    });
  }
}
