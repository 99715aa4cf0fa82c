package dev.ordinal.client;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The door to a store: one for each program, used by all its threads.
 *
 * <p><b>Threads.</b> A client has one thread of its own, which does its network I/O and completes
 * its futures. What is chained on a future runs there unless it is chained with {@code …Async}: it
 * may commit again, and must not wait. Blocking methods throw {@link IllegalStateException} on that
 * thread.
 */
public interface OrdinalClient extends AutoCloseable {
  /** A client with the defaults of {@link ClientBuilder}. */
  static OrdinalClient connect(List<String> addresses) {
    return builder(addresses).connect();
  }

  /**
   * Starts a client's settings.
   *
   * @param addresses host:port of some replicas, at least one; others are learned as leaders
   */
  static ClientBuilder builder(List<String> addresses) {
    return new ClientBuilder(addresses);
  }

  /**
   * Commits, and returns when the outcome is known or the commit timeout has passed. An interrupt
   * ends the waiting only: the outcome is then {@link Outcome.Unknown}, the thread's interrupt flag
   * stays set.
   */
  Outcome commit(Transaction transaction);

  /**
   * Commits without waiting. The future never ends exceptionally, and cancelling it changes
   * nothing. Transactions committed while others are on their way travel together.
   */
  CompletableFuture<Outcome> commitAsync(Transaction transaction);

  /**
   * Runs {@code body} on a snapshot and commits what it wrote. If something that it read has
   * changed, it runs again on a snapshot not older than that change, at most as often as {@link
   * ClientBuilder#transactAttempts} says. Any other outcome is returned at once. The body has no
   * effects but on its view: it may run more than once. Without any writes or guards nothing is
   * committed; the outcome is then {@link Outcome.Committed} at the snapshot's order ID.
   *
   * @throws OrdinalException if a read fails; nothing was committed
   */
  <T extends @Nullable Object> Transacted<T> transact(Function<TransactionView, T> body);

  /** A snapshot not older than any acknowledged commit. */
  default Snapshot snapshot() {
    return snapshot(Consistency.linearizable());
  }

  Snapshot snapshot(Consistency consistency);

  /** A copy of the rows under {@code prefixes} that follows the store; none for all rows. */
  Mirror mirror(List<Key> prefixes);

  /**
   * Delivers every record after {@code after} that changes a key under {@code prefixes} (none:
   * every record), until it is closed.
   */
  Subscription subscribe(OrderId after, List<Key> prefixes, Subscription.Handler handler);

  /**
   * A new lease, which this client keeps alive until it is closed, lost, or the client is closed.
   *
   * @param ttl how long the store keeps it after the last sign of life, 1 ms to a year; below a few
   *     seconds a busy or electing store may not hear of signs of life in time
   * @throws OrdinalException if no lease could be made
   */
  Lease lease(Duration ttl);

  /**
   * Waits until nobody owns {@code key}, and takes it: it then holds a value of this lease's own.
   * Those who wait are not served in any order.
   *
   * @throws OrdinalException with {@link OrdinalException.Kind#LEASE_ENDED} if the lease ends
   *     before; otherwise if it is not known whether the key was taken: close the lease then
   */
  default Lock lock(Key key, Lease lease) throws InterruptedException {
    return campaign(key, Value.of("lease " + lease.id()), lease);
  }

  /**
   * An election: waits until nobody owns {@code key} and takes it with {@code proposal}, which the
   * others read there (observe the leader with a {@link Mirror} of the key: the order ID of its row
   * is the leader's token). Closing the lock resigns. As {@link #lock} otherwise.
   */
  Lock campaign(Key key, Value proposal, Lease lease) throws InterruptedException;

  /**
   * What became of a transaction whose outcome was {@link Outcome.Unknown}; empty if the store has
   * not decided it so far. It may still do so, if a copy is on its way.
   */
  Optional<Outcome> queryOutcome(long session, long sequence);

  /** What the replica at {@code address} (host:port) says about itself. */
  ReplicaStatus status(String address);

  /** {@link #status(String)} with the digest at {@code digestAt}. */
  ReplicaStatus status(String address, OrderId digestAt);

  /** The replicas of the store, and how they change: for operators. */
  Membership membership();

  /** The addresses that the client was given. */
  List<String> addresses();

  ClientFigures figures();

  /**
   * Accepts nothing new, waits for outcomes under way at most until their timeout, closes the
   * session if every outcome is known, and ends mirrors and subscriptions.
   */
  @Override
  void close();
}
