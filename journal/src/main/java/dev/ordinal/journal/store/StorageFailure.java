package dev.ordinal.journal.store;

import java.io.Serial;

/**
 * The disk under the state failed, or answered with something that was never written: the process
 * must end. Nothing is retried, because the kernel may have dropped the pages that it could not
 * write and report success the next time (wiki.postgresql.org/wiki/Fsync_Errors).
 */
public final class StorageFailure extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  /** What kind of failure, for the exit code. */
  public enum Kind {
    /** The disk refused: an I/O error, no space, a file too large. */
    STORAGE,
    /** What was read is not what was written. */
    CORRUPT
  }

  private final Kind kind;

  StorageFailure(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /** A row that RocksDB vouches for and that still cannot be read. */
  static StorageFailure unreadable(String what, String reason) {
    IllegalStateException cause = new IllegalStateException(reason);
    return new StorageFailure(Kind.CORRUPT, what + " cannot be read: " + reason, cause);
  }

  public Kind kind() {
    return kind;
  }
}
