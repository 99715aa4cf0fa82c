package dev.ordinal.journal.validation;

import dev.ordinal.journal.transaction.Key;

/** The leases that operations and guards meet: as they were before the transaction. */
public interface LeasePresence {
  boolean isAlive(long lease);

  /** The lease that {@code key} ends with; 0: none. */
  long leaseOf(Key key);

  /** What may still be attached to {@code lease}, which is alive. */
  LeaseRoom room(long lease);

  /** What may still be attached to all leases together, and how many more there may be. */
  StoreRoom room();

  /** Room of one lease. */
  record LeaseRoom(int keys, long keyBytes) {}

  /** Room of all. */
  record StoreRoom(int keys, int leases) {}
}
