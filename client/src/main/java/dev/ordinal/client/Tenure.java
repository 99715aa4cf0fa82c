package dev.ordinal.client;

import java.time.Duration;

/** How long a value that is put stays, unless something else writes or deletes its key before. */
public sealed interface Tenure {
  static Tenure forever() {
    return Forever.INSTANCE;
  }

  /** Until {@code lease} ends; the put is refused if it has ended. */
  static Tenure leased(Lease lease) {
    return new Leased(lease.id());
  }

  /** For so long, in whole milliseconds, 1 ms to a year; the store may take a second more. */
  static Tenure limited(Duration ttl) {
    return new Limited(LeaseTimes.checkedMillis(ttl));
  }

  /** Until the key is written again or deleted. */
  enum Forever implements Tenure {
    INSTANCE
  }

  /** Until the lease of this number ends. */
  record Leased(long lease) implements Tenure {}

  /** For a time of its own. */
  record Limited(long ttlMillis) implements Tenure {}
}
