package dev.ordinal.local;

import java.nio.file.Path;

/** A replica ended before its cluster was ready; the message has the last thing it said. */
public final class ReplicaEnded extends RuntimeException {
  private final int exitCode;

  ReplicaEnded(int node, int exitCode, String lastWords, Path output) {
    super(
        "replica %d ended with exit code %d: %s (all it said: %s)"
            .formatted(node, exitCode, lastWords, output));
    this.exitCode = exitCode;
  }

  /** Of {@code ordinal server}, see docs/errors.md. */
  public int exitCode() {
    return exitCode;
  }
}
