package dev.ordinal.client;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The read, decide, commit loop. */
final class Transactor {
  private final Supplier<ReadView> snapshots;
  private final Function<Transaction, Outcome> commit;
  private final int attemptsMax;

  /**
   * @param snapshots each not older than any commit acknowledged before
   */
  Transactor(Supplier<ReadView> snapshots, Function<Transaction, Outcome> commit, int attemptsMax) {
    this.snapshots = snapshots;
    this.commit = commit;
    this.attemptsMax = attemptsMax;
  }

  <T extends @Nullable Object> Transacted<T> run(Function<TransactionView, T> body) {
    Backoff backoff = new Backoff();
    OrderId atLeast = OrderId.NONE;
    for (int attempt = 1; ; attempt++) {
      RecordingView view = new RecordingView(snapshots.get());
      T value = body.apply(view);
      Outcome outcome =
          view.isReadOnly()
              ? new Outcome.Committed(view.order(), List.of())
              : commitAfter(atLeast, view);
      if (attempt == attemptsMax || !isWorthAnother(outcome)) {
        return new Transacted<>(value, outcome, attempt);
      }
      atLeast = atLeast.max(beatenAt(outcome));
      if (attempt > 1 && !pause(backoff.next())) {
        return new Transacted<>(value, outcome, attempt);
      }
    }
  }

  private Outcome commitAfter(OrderId atLeast, RecordingView view) {
    Transaction transaction = view.transaction();
    if (transaction.readOrder().isPresent() && view.order().isBefore(atLeast)) {
      throw new OrdinalException(
          OrdinalException.Kind.OTHER,
          "a linearizable read was at order ID %s although %s is committed"
              .formatted(view.order(), atLeast));
    }
    return commit.apply(transaction);
  }

  private static boolean isWorthAnother(Outcome outcome) {
    return outcome instanceof Outcome.TooOld
        || (outcome instanceof Outcome.Refused refused && refused.isConflict());
  }

  private static OrderId beatenAt(Outcome outcome) {
    return outcome instanceof Outcome.Refused refused ? refused.beatenAt() : OrderId.NONE;
  }

  /** Lets others finish; false if the thread was interrupted, which stays so. */
  private static boolean pause(Duration duration) {
    try {
      TimeUnit.NANOSECONDS.sleep(duration.toNanos());
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
