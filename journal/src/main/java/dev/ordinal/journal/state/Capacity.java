package dev.ordinal.journal.state;

import dev.ordinal.journal.transaction.Limits;

/**
 * How much the state machine keeps: the same on every replica, since outcomes depend on it.
 *
 * @param sessionsMax open at a time; one more closes the session that was touched longest ago
 * @param outcomesMax kept a session; one more forgets the lowest sequence
 * @param deletedKeysMax how many keys delete-ranges may bring a transaction to write
 */
record Capacity(int sessionsMax, int outcomesMax, int deletedKeysMax) {
  static final Capacity STANDARD = new Capacity(100_000, 256, Limits.STANDARD.operationsMax());
}
