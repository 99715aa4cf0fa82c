package dev.ordinal.client;

import java.util.function.Consumer;

/** A running {@link OrdinalClient#subscribe}; reconnects by itself until it is closed. */
public interface Subscription extends AutoCloseable {
  /** Stops it; nothing is delivered once this has returned, but for a call already under way. */
  @Override
  void close();

  /**
   * What a subscription delivers: records without gaps, then nothing but the end. Called on the
   * subscription's own thread, one call after the other.
   */
  interface Handler extends Consumer<JournalRecord> {
    /** Everything through {@code order} that matches was delivered. */
    default void onProgress(OrderId order) {}

    /** It cannot go on, for example because the records after its order ID were trimmed. */
    default void onEnd(OrdinalException cause) {}
  }
}
