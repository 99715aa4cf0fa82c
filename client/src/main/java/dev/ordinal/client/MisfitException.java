package dev.ordinal.client;

import dev.ordinal.proto.store.v1.SnapshotRequired;
import org.jspecify.annotations.Nullable;

/** What a subscription delivered does not continue what came before. */
final class MisfitException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient @Nullable RetainedRange retained;

  MisfitException(String message) {
    super(message);
    this.retained = null;
  }

  private MisfitException(String message, RetainedRange retained) {
    super(message);
    this.retained = retained;
  }

  /** The store no longer has what follows {@code after}. */
  static MisfitException trimmed(OrderId after, SnapshotRequired message) {
    RetainedRange retained =
        new RetainedRange(OrderId.of(message.getFloor()), OrderId.of(message.getCurrentOrder()));
    return new MisfitException(
        "the records after order ID %s are no longer retained: those after %s to %s are"
            .formatted(after, retained.floor(), retained.current()),
        retained);
  }

  /** What is retained, if that is the reason. */
  @Nullable RetainedRange retained() {
    return retained;
  }
}
