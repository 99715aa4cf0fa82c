package dev.ordinal.journal.state;

import dev.ordinal.journal.transaction.Key;

/** What a slot does to the kept leases. */
public sealed interface LeaseChange {
  /** Puts or replaces the header. */
  record Saved(LeaseHeader header) implements LeaseChange {}

  /** From now on {@code key} ends with {@code lease}; it is attached to no other. */
  record Attached(long lease, Key key) implements LeaseChange {}

  record Detached(long lease, Key key) implements LeaseChange {}

  /** Drops the header; the lease's keys were detached before. */
  record Removed(long lease) implements LeaseChange {}
}
