package dev.ordinal.journal.transaction;

import org.jspecify.annotations.Nullable;

/** One command of the log. A slot holds a batch of them. */
public sealed interface Command {
  /** Judged, and either takes effect as a whole, in the part its policy allows, or not at all. */
  record Submit(Transaction transaction) implements Command {}

  /**
   * Opens a session, or finds the one that was opened with the same nonce.
   *
   * @param ttlMillis how long the session outlives its last sign of life; kept, not yet acted upon
   * @param nonce chosen by the client at random
   */
  record OpenSession(long ttlMillis, String name, long nonce) implements Command {}

  record CloseSession(long session) implements Command {}

  /**
   * Bytes that are no command, or one that breaks a limit. Every replica finds the same reason, so
   * no reason is formatted in the language of its host.
   *
   * @param breach the limit, where it is one
   */
  record Malformed(String reason, Limits.@Nullable Breach breach) implements Command {
    public Malformed(String reason) {
      this(reason, null);
    }

    public Malformed(Limits.Breach breach) {
      this(breach.toString(), breach);
    }
  }
}
