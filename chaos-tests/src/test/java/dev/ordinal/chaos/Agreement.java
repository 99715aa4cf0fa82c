package dev.ordinal.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ordinal.client.Consistency;
import dev.ordinal.client.JournalRecord;
import dev.ordinal.client.Key;
import dev.ordinal.client.KeyRange;
import dev.ordinal.client.OrderId;
import dev.ordinal.client.OrdinalClient;
import dev.ordinal.client.OrdinalException;
import dev.ordinal.client.Row;
import dev.ordinal.client.Subscription;
import dev.ordinal.client.Value;
import java.time.Duration;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Asks every replica by itself what it holds, and whether that is the same. */
final class Agreement {
  private static final Duration REPLAY_MAX = Duration.ofMinutes(1);

  private Agreement() {}

  /** Every replica has the journal through {@code order} with one digest, and {@code rows}. */
  static void check(OrdinalClient client, OrderId order, NavigableMap<Key, Row> rows) {
    check(client, order);
    for (String address : client.addresses()) {
      assertThat(rows(address, order)).as("rows of %s", address).isEqualTo(rows);
    }
  }

  /** Every replica has the journal through {@code order} with one digest. */
  static void check(OrdinalClient client, OrderId order) {
    Value first = digest(client, client.addresses().getFirst(), order);
    for (String address : client.addresses()) {
      assertThat(digest(client, address, order)).as("digest of %s", address).isEqualTo(first);
    }
  }

  /** Hands over every record of the journal from the first through {@code order}. */
  static void replay(OrdinalClient client, OrderId order, Consumer<JournalRecord> to)
      throws InterruptedException, ExecutionException, TimeoutException {
    CompletableFuture<Void> end = new CompletableFuture<>();
    Subscription.Handler handler =
        new Subscription.Handler() {
          @Override
          public void accept(JournalRecord record) {
            to.accept(record);
            onProgress(record.order());
          }

          @Override
          public void onProgress(OrderId through) {
            if (!through.isBefore(order)) {
              end.complete(null);
            }
          }

          @Override
          public void onEnd(OrdinalException cause) {
            end.completeExceptionally(cause);
          }
        };
    try (Subscription _ = client.subscribe(OrderId.NONE, List.of(), handler)) {
      end.get(REPLAY_MAX.toSeconds(), TimeUnit.SECONDS);
    }
  }

  private static Value digest(OrdinalClient client, String address, OrderId order) {
    Servers.awaitOrder(client, address, order);
    return client.status(address, order).digest();
  }

  private static NavigableMap<Key, Row> rows(String address, OrderId order) {
    try (OrdinalClient one = OrdinalClient.connect(List.of(address));
        Stream<Row> all = one.snapshot(Consistency.at(order)).scan(KeyRange.all())) {
      NavigableMap<Key, Row> rows = new TreeMap<>();
      all.forEach(row -> rows.put(row.key(), row));
      return rows;
    }
  }
}
