package dev.ordinal.chaos;

import dev.ordinal.client.Counter;
import dev.ordinal.client.Guard;
import dev.ordinal.client.HistoryId;
import dev.ordinal.client.Key;
import dev.ordinal.client.OrderId;
import dev.ordinal.client.OrdinalClient;
import dev.ordinal.client.Transaction;
import dev.ordinal.client.Value;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** Draws transactions of all kinds and commits them, some at a time. */
final class Writer {
  private static final int IN_FLIGHT_MAX = 16;
  private static final int COUNTERS = 4;
  private static final int HOT_KEYS = 3;
  private static final int TRANSFER_MAX = 60;
  private static final Counter BALANCE = new Counter(100, 0, 10_000);
  private static final Counter TALLY = new Counter(0, 0, Long.MAX_VALUE);

  private final String name;
  private final boolean session;
  private final OrdinalClient client;
  private final History history;
  private final RandomGenerator random;
  private final Semaphore window = new Semaphore(IN_FLIGHT_MAX);
  private int drawn;

  /** {@code session}: whether its commits are of a session, and so applied once when repeated. */
  Writer(
      String name, boolean session, OrdinalClient client, History history, RandomGenerator random) {
    this.name = name;
    this.session = session;
    this.client = client;
    this.history = history;
    this.random = random;
  }

  /** What the others need to be there. */
  static Transaction foundations() {
    Transaction.Builder counters = Transaction.blind();
    for (int i = 0; i < COUNTERS; i++) {
      counters.createCounter(balance(i), BALANCE).createCounter(tally(i), TALLY);
    }
    return counters.label(Attempt.LABEL, "foundations").build();
  }

  /** Commits one more, unless enough are on their way. */
  void step() {
    if (!window.tryAcquire()) {
      return;
    }
    String id = name + "-" + ++drawn;
    OrderId before = history.lastAcknowledged();
    Transaction.Builder drawing = draw(id, before).label(Attempt.LABEL, id);
    Transaction transaction = (session ? drawing : drawing.withoutSession()).build();
    var _ =
        client
            .commitAsync(transaction)
            .thenAccept(outcome -> {
              history.add(new Attempt(id, transaction, before, outcome));
              window.release();
            });
  }

  /** Waits until every commit has an outcome; false if that takes longer than a minute. */
  boolean awaitOutcomes() throws InterruptedException {
    return window.tryAcquire(IN_FLIGHT_MAX, 1, TimeUnit.MINUTES);
  }

  private Transaction.Builder draw(String id, OrderId before) {
    return switch (random.nextInt(10)) {
      case 0 -> doomed(id);
      case 1, 2 -> contested(id, before);
      case 3, 4, 5 -> transfer();
      case 6 -> removal();
      default -> creation(id);
    };
  }

  /** Its guard never holds. */
  private static Transaction.Builder doomed(String id) {
    return Transaction.blind()
        .require(Guard.exists(Key.of("never")))
        .put(Key.of("doomed/" + id), Value.of(id));
  }

  /** Of those who read the same version only one succeeds. */
  private Transaction.Builder contested(String id, OrderId before) {
    Key hot = Key.of("hot/" + random.nextInt(HOT_KEYS));
    return Transaction.reading(HistoryId.ANY, before).put(hot, Value.of(id));
  }

  /** Often more than there is. */
  private Transaction.Builder transfer() {
    int from = random.nextInt(COUNTERS);
    int to = (from + 1 + random.nextInt(COUNTERS - 1)) % COUNTERS;
    long amount = 1L + random.nextInt(TRANSFER_MAX);
    return Transaction.blind().add(balance(from), -amount).add(balance(to), amount);
  }

  /** Of a key that may exist. */
  private Transaction.Builder removal() {
    return counted().delete(own(name + "-" + random.nextInt(drawn)));
  }

  /** Applied twice, the second copy would be refused, and its client told so. */
  private Transaction.Builder creation(String id) {
    return counted().require(Guard.absent(own(id))).put(own(id), Value.of("of " + id));
  }

  private Transaction.Builder counted() {
    return Transaction.blind().add(tally(random.nextInt(COUNTERS)), 1);
  }

  private static Key own(String id) {
    return Key.of("own/" + id);
  }

  private static Key balance(int i) {
    return Key.of("balance/" + i);
  }

  private static Key tally(int i) {
    return Key.of("tally/" + i);
  }
}
