package dev.ordinal.client;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * A local, ordered copy of the rows under some prefixes, that follows the store.
 *
 * <p>It is pinned to an order ID at any moment: a {@link View} is the exact state at one order ID,
 * never a mixture, costs nothing to take and stays valid for ever. It has no gaps by construction:
 * after a lost connection it resumes with the record after its own order ID; whatever does not fit
 * (an order ID that goes back, a change whose predecessor it has not seen, an order ID that the
 * store no longer retains) makes it throw its rows away and read them anew.
 */
public interface Mirror extends AutoCloseable {
  /** The rows now; waits for nothing. Empty at {@link OrderId#NONE} before the first load. */
  View view();

  /** Ends with a view at {@code order} or later; on the mirror's own thread. */
  CompletableFuture<View> awaitOrder(OrderId order);

  /** Ends with a view once everything was read for the first time. */
  CompletableFuture<View> awaitLoaded();

  /**
   * Calls {@code listener} for each event from now on, in order, on the mirror's own thread; the
   * first is a {@link MirrorEvent.Loaded} with the present view. The mirror waits for it. One that
   * throws is logged and called again with the next event.
   *
   * @return closes the registration
   */
  Registration listen(Consumer<MirrorEvent> listener);

  /** Ends the subscription; views stay readable, waiting futures end exceptionally. */
  @Override
  void close();

  /** The rows of a mirror at one order ID: immutable, ordered, safe for any thread. */
  interface View extends ReadView {
    int size();
  }

  /** A listener's registration. */
  interface Registration extends AutoCloseable {
    @Override
    void close();
  }
}
