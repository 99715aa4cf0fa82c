package dev.ordinal.client;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * A lease that this client keeps alive, and the keys put with it ({@link Tenure#leased}): all of
 * them are deleted, in one order ID, when it ends.
 *
 * <p><b>Who decides.</b> The store does: a lease ends there by replicated time, never before its
 * time to live has passed since the last sign of life. {@link #isHeld} is this side's view, and
 * errs on the safe side: it turns false once the time to live has passed since the last sign of
 * life that was acknowledged was <em>sent</em>. A process that was paused may believe in a lease
 * that has ended, for the moment until it looks; so what must not happen then is to be guarded with
 * {@link #guard} in the transaction itself.
 */
public interface Lease extends AutoCloseable {
  /** Its number in the store. */
  long id();

  Duration ttl();

  /** Whether it certainly has not ended so far, as seen from here. */
  boolean isHeld();

  /**
   * Completes with why when the lease is lost: it ended in the store, or could not be kept alive in
   * time. Completes when it is closed, too. Runs what is chained on it on the client's thread.
   */
  CompletableFuture<String> lost();

  /** Holds as long as the lease has not ended, judged when a transaction is applied. */
  default Guard guard() {
    return Guard.leaseAlive(id());
  }

  /**
   * Ends it, and with it its keys. Waits for that as long as a read may take; if no replica can be
   * reached, the lease ends by itself.
   */
  @Override
  void close();
}
