package dev.ordinal.journal.transaction;

/** How long a value that is put stays, unless something else writes its key before. */
public sealed interface Tenure {
  Tenure FOREVER = new Forever();

  record Forever() implements Tenure {}

  /** Until {@code lease} ends; the put is refused if it has ended. */
  record Leased(long lease) implements Tenure {
    public Leased {
      Numbers.requireWithin("a lease", lease, 1, Long.MAX_VALUE);
    }
  }

  /** For so much replicated time from the first tick after the put; it has a lease of its own. */
  record Limited(long ttlMillis) implements Tenure {
    public Limited {
      Numbers.requireTtl(ttlMillis);
    }
  }
}
