package dev.ordinal.client;

import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * A call other than a commit failed; what became of a commit is always an {@link Outcome}. Nothing
 * of it took effect, or it reads only, so that it may be called again.
 */
public final class OrdinalException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Kind kind;
  private final transient @Nullable RetainedRange retained;

  OrdinalException(Kind kind, String message) {
    super(message);
    this.kind = kind;
    this.retained = null;
  }

  OrdinalException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
    this.retained = null;
  }

  /** An order ID that is outside of {@code retained}, as far as that is known. */
  OrdinalException(String message, @Nullable RetainedRange retained) {
    super(message);
    this.kind = Kind.OUT_OF_RANGE;
    this.retained = retained;
  }

  /** What a future of this client ended with. */
  static OrdinalException of(Throwable failure) {
    if (failure instanceof OrdinalException known) {
      return known;
    }
    boolean isWrapper =
        failure instanceof CompletionException || failure instanceof ExecutionException;
    Throwable cause = failure.getCause();
    if (isWrapper && cause != null) {
      return of(cause);
    }
    return new OrdinalException(Kind.OTHER, String.valueOf(failure), failure);
  }

  public Kind kind() {
    return kind;
  }

  /** With {@link Kind#OUT_OF_RANGE}: which order IDs are retained, if the store said it. */
  public Optional<RetainedRange> retained() {
    return Optional.ofNullable(retained);
  }

  /** What went wrong, by what one can do about it. */
  public enum Kind {
    /** No replica could serve it: none is reachable, none leads, or all lag. Call again later. */
    UNAVAILABLE,
    /** No answer before the deadline. */
    TIMED_OUT,
    /** The store has too much to do at present. Call again later, and less. */
    OVERLOADED,
    /** The order ID is not retained or lies beyond the last one. Take a new snapshot. */
    OUT_OF_RANGE,
    /** The store understood it and does not do it; the message says why, and what to do. */
    REFUSED,
    /** The call breaks a rule or a limit. Change it. */
    INVALID,
    /** The replica found its data damaged or different from the others'. */
    DATA_LOSS,
    /** The lease that was needed has ended. Take a new one. */
    LEASE_ENDED,
    /** The client or the mirror was closed. */
    CLOSED,
    /** Anything else; the message has it. */
    OTHER
  }
}
