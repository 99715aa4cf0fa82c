package dev.ordinal.client;

import org.jspecify.annotations.Nullable;

/** What came back for one copy of a transaction that was sent. */
sealed interface CommitAnswer {
  /** The store has judged it. */
  record Final(Outcome outcome) implements CommitAnswer {}

  /** Nothing of this copy entered the log: another replica leads ({@code leader}), or none. */
  record NotLeader(String reason, @Nullable String leader, long retryAfterMillis)
      implements CommitAnswer {}

  /** Nothing of this copy entered the log: the replica has too much to do. */
  record Overloaded(String reason, long retryAfterMillis) implements CommitAnswer {}

  /** This copy entered the log, and nobody knows so far whether it is decided. */
  record Undetermined() implements CommitAnswer {}

  /** The connection ended before an answer: the copy may have arrived or not. */
  record Lost(String reason) implements CommitAnswer {}

  /** The store does not know the session, or judges this sequence no more; nothing was done. */
  record SessionLost(String reason) implements CommitAnswer {}
}
