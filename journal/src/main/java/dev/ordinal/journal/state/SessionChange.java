package dev.ordinal.journal.state;

import dev.ordinal.journal.outcome.Outcome;

/** What a slot does to the kept sessions. */
public sealed interface SessionChange {
  /** Puts or replaces the header. */
  record Saved(SessionHeader header) implements SessionChange {}

  /** Keeps an outcome until it is forgotten; there was none before (I17). */
  record Recorded(long session, long sequence, Outcome outcome) implements SessionChange {}

  /** Drops a recorded outcome. */
  record Forgotten(long session, long sequence) implements SessionChange {}

  /** Drops the header; the session's outcomes were forgotten before. */
  record Removed(long session) implements SessionChange {}
}
