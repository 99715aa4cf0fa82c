package dev.ordinal.journal.state;

import dev.ordinal.journal.transaction.Limits;

/**
 * How much the state machine keeps: the same on every replica, since outcomes depend on it.
 *
 * @param sessionsMax open at a time; one more closes the session that was touched longest ago
 * @param outcomesMax kept a session; one more forgets the lowest sequence
 * @param deletedKeysMax how many keys delete-ranges may bring a transaction to write
 */
record Capacity(int sessionsMax, int outcomesMax, int deletedKeysMax, Leasing leasing) {
  /** Sessions that one tick ends at most; each drops its outcomes. */
  static final int SESSIONS_ENDED_MAX = 64;

  static final Capacity STANDARD =
      new Capacity(
          100_000,
          256,
          Limits.STANDARD.operationsMax(),
          new Leasing(100_000, 200_000, Limits.STANDARD.operationsMax(), 1 << 20, 1024));

  /**
   * Bounds of leases. What one tick ends has one order ID, so it is bounded like one lease.
   *
   * @param leasesMax alive at a time, the store's own included
   * @param keysMax attached to all of them
   * @param leaseKeysMax attached to one, and deleted by one tick
   * @param leaseKeyBytesMax the same in bytes of keys
   * @param endsMax leases that one tick ends
   */
  record Leasing(
      int leasesMax, int keysMax, int leaseKeysMax, long leaseKeyBytesMax, int endsMax) {}
}
