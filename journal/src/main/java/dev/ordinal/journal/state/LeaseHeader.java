package dev.ordinal.journal.state;

/**
 * A lease as it is kept.
 *
 * @param id above 0 as its client chose it; below 0 for one of the store's own, see {@link
 *     dev.ordinal.journal.transaction.Tenure.Limited}
 * @param ttlMillis how long it outlives its last sign of life
 * @param deadlineMillis where the clock stands when it ends; 0 until the next tick settles it
 */
public record LeaseHeader(long id, long ttlMillis, long deadlineMillis) {}
