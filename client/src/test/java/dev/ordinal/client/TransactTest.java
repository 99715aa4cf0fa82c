package dev.ordinal.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Reading, deciding and committing, again if somebody was faster. */
class TransactTest {
  private static final Key TOTAL = Key.of("total");

  private final ModelJournal journal = new ModelJournal();
  private final ScriptedStore store = new ScriptedStore(journal);
  private final OrdinalClient client =
      OrdinalClient.builder(List.of(store.address())).transactAttempts(4).connect();

  @AfterEach
  void close() {
    client.close();
    store.close();
  }

  private static Transaction put(Key key, String value) {
    return Transaction.blind().put(key, Value.of(value)).build();
  }

  private static int total(ReadView view) {
    return view.get(TOTAL).map(row -> Integer.parseInt(row.value().text())).orElse(0);
  }

  private static void increment(TransactionView view) {
    view.put(TOTAL, Value.of(Integer.toString(total(view) + 1)));
  }

  @Test
  void concurrentIncrementsAreAllCounted() {
    OrdinalClient patient =
        OrdinalClient.builder(List.of(store.address())).transactAttempts(1_000).connect();
    try (patient) {
      IntStream.range(0, 8)
          .parallel()
          .forEach(thread ->
              IntStream.range(0, 25)
                  .forEach(i ->
                      patient
                          .transact(view -> {
                            increment(view);
                            return thread;
                          })
                          .orThrow()));
    }
    assertThat(total(client.snapshot())).isEqualTo(200);
  }

  @Test
  void aConflictMakesItReadAgainAndTryAgain() {
    AtomicInteger runs = new AtomicInteger();
    Transacted<Integer> done =
        client.transact(view -> {
          int seen = total(view);
          if (runs.incrementAndGet() == 1) {
            client.commit(put(TOTAL, "41")).orThrow();
          }
          view.put(TOTAL, Value.of(Integer.toString(seen + 1)));
          return seen;
        });
    assertThat(done.attempts()).isEqualTo(2);
    assertThat(done.orThrow()).isEqualTo(41);
    assertThat(total(client.snapshot())).isEqualTo(42);
  }

  @Test
  void attemptsAreBoundedAndTheLastRefusalIsReturned() {
    Transacted<String> done =
        client.transact(view -> {
          increment(view);
          client.commit(put(TOTAL, "1")).orThrow();
          return "never";
        });
    assertThat(done.attempts()).isEqualTo(4);
    assertThat(done.outcome()).isInstanceOf(Outcome.Refused.class);
    assertThat(((Outcome.Refused) done.outcome()).refusals())
        .allSatisfy(refusal -> {
          assertThat(refusal.kind()).isEqualTo(Refusal.Kind.WRITE);
          assertThat(refusal.key()).isEqualTo(TOTAL);
        });
  }

  @Test
  void whatWasReadIsSentAsTheReadSetAtTheSnapshotsOrder() {
    client.commit(put(TOTAL, "1")).orThrow();
    int before = store.received().size();
    client
        .transact(view -> {
          long rows = view.scan(KeyRange.prefix("task/")).count();
          increment(view);
          return rows;
        })
        .orThrow();
    var sent = store.received().get(before).getTransaction();
    assertThat(sent.getReadOrder()).isEqualTo(1);
    assertThat(sent.getHistory()).isEqualTo(ModelJournal.HISTORY);
    assertThat(sent.getGroups(0).getReadKeys(0).getKey().toStringUtf8()).isEqualTo("total");
    assertThat(sent.getGroups(0).getReadRanges(0).getStart().toStringUtf8()).isEqualTo("task/");
    assertThat(sent.getGroups(0).getReadRanges(0).getEnd().toStringUtf8()).isEqualTo("task0");
  }

  @Test
  void aBodyThatOnlyReadsCommitsNothing() {
    client.commit(put(TOTAL, "7")).orThrow();
    Transacted<Integer> read = client.transact(TransactTest::total);
    assertThat(read.orThrow()).isEqualTo(7);
    assertThat(read.outcome()).isEqualTo(new Outcome.Committed(OrderId.of(1), List.of()));
    assertThat(journal.lastOrder()).isEqualTo(1);
  }

  @Test
  void aScanFetchesPageAfterPageAtOneOrderId() {
    IntStream.range(0, 7).forEach(i -> client.commit(put(Key.of("row" + i), "v")).orThrow());
    Snapshot snapshot = client.snapshot();
    assertThat(snapshot.scan(KeyRange.prefix("row")).map(row -> row.key().text()))
        .containsExactly("row0", "row1", "row2", "row3", "row4", "row5", "row6");
    assertThat(snapshot.order()).isEqualTo(OrderId.of(7));
  }

  @Test
  void manyKeysComeInTheOrderAskedForWithoutThoseThatAreMissing() {
    client.commit(put(Key.of("a"), "1")).orThrow();
    client.commit(put(Key.of("b"), "2")).orThrow();
    assertThat(
            client
                .snapshot(Consistency.latest())
                .getAll(List.of(Key.of("b"), Key.of("no"), Key.of("a")))
                .keySet())
        .containsExactly(Key.of("b"), Key.of("a"));
  }

  @Test
  void aReplicaTellsItsStatus() {
    client.commit(put(TOTAL, "1")).orThrow();
    ReplicaStatus status = client.status(store.address());
    assertThat(status.role()).isEqualTo(ReplicaStatus.Role.LEADER);
    assertThat(status.current()).isEqualTo(OrderId.of(1));
  }
}
