package dev.ordinal.client;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * A {@link ReadView} that reads from the store, at one order ID, on any replica.
 *
 * <p>The first read fixes the order ID by the {@link Consistency} that was asked for; {@link
 * #order()} before any read fixes it too. It holds nothing in the store and needs no closing; when
 * its order ID is no longer retained, reads fail with {@link OrdinalException.Kind#OUT_OF_RANGE}.
 *
 * <p>Blocking methods throw {@link OrdinalException}; futures end with it. {@link #scan} fetches
 * page after page while it is consumed.
 */
public interface Snapshot extends ReadView {
  /** {@link #getAll} without waiting; completes on the client's own thread. */
  CompletableFuture<Map<Key, Row>> getAllAsync(Collection<Key> keys);
}
