package dev.ordinal.client;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Acquires keys for one owner at a time, over the public door alone. */
final class Locks {
  /** Looks again after this long even if nothing was heard. */
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

  private final OrdinalClient client;

  Locks(OrdinalClient client) {
    this.client = client;
  }

  /** Waits until {@code key} is free and taken. */
  Lock acquire(Key key, Value value, Lease lease) throws InterruptedException {
    Transaction take =
        Transaction.blind()
            .require(Guard.absent(key))
            .operation(Operation.put(key, value, Tenure.leased(lease)))
            .build();
    while (true) {
      Outcome outcome = client.commit(take);
      if (outcome instanceof Outcome.Committed committed) {
        return new OwnedKey(client, key, value, lease, committed.order());
      }
      if (!lease.isHeld() || isOver(outcome)) {
        throw new OrdinalException(
            OrdinalException.Kind.LEASE_ENDED,
            "the lease has ended while waiting for %s: %s".formatted(key, outcome));
      }
      OrderId seen = taken(outcome);
      if (seen == null) {
        throw new OrdinalException(
            OrdinalException.Kind.UNAVAILABLE,
            "it is not known whether %s was taken: %s".formatted(key, outcome));
      }
      awaitChange(key, seen);
    }
  }

  private static boolean isOver(Outcome outcome) {
    return outcome instanceof Outcome.Refused refused
        && refusals(refused).stream().anyMatch(each -> each.kind() == Refusal.Kind.LEASE_ENDED);
  }

  /** Where the key was seen to be somebody else's; null if the outcome does not say that. */
  private static @Nullable OrderId taken(Outcome outcome) {
    return outcome instanceof Outcome.Refused refused ? refused.currentOrder() : null;
  }

  private static List<Refusal> refusals(Outcome.Refused refused) {
    return refused.groups().stream()
        .filter(GroupOutcome.Refused.class::isInstance)
        .map(group -> ((GroupOutcome.Refused) group).refusal())
        .toList();
  }

  private void awaitChange(Key key, OrderId after) throws InterruptedException {
    CountDownLatch changed = new CountDownLatch(1);
    Subscription.Handler handler =
        new Subscription.Handler() {
          @Override
          public void accept(JournalRecord change) {
            changed.countDown();
          }

          @Override
          public void onEnd(OrdinalException cause) {
            changed.countDown();
          }
        };
    Subscription subscription = client.subscribe(after, List.of(key), handler);
    try {
      boolean unused = changed.await(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
    } finally {
      subscription.close();
    }
  }

  /** A key that was taken. */
  private record OwnedKey(OrdinalClient client, Key key, Value value, Lease lease, OrderId token)
      implements Lock {
    @Override
    public <B extends GroupSteps<B>> B guards(B transaction) {
      return transaction.require(lease.guard()).require(Guard.valueEquals(key, value));
    }

    @Override
    public void close() {
      Outcome unused =
          client.commit(guards(Transaction.blind()).operation(Operation.delete(key)).build());
    }
  }
}
