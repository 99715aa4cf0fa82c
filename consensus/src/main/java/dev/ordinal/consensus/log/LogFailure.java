package dev.ordinal.consensus.log;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * The log cannot be trusted any more: the process must end. A failed sync is never retried, because
 * the kernel may have dropped the pages it could not write and report success the next time
 * (wiki.postgresql.org/wiki/Fsync_Errors).
 */
public final class LogFailure extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  /** What kind of failure, for the exit code. */
  public enum Kind {
    /** The disk refused: an I/O error, no space, a file too large. */
    STORAGE,
    /** The disk answered with something that was never written. */
    CORRUPT
  }

  private final Kind kind;

  public LogFailure(Kind kind, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}
