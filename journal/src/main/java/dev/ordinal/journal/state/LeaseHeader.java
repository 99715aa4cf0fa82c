package dev.ordinal.journal.state;

/**
 * A lease as it is kept.
 *
 * @param id above 0 as its client chose it; below 0 for one of the store's own, see {@link
 *     dev.ordinal.journal.transaction.Tenure.Limited}
 * @param ttlMillis how long it outlives its last sign of life
 * @param deadlineMillis where the clock stands when it ends; 0 until the next tick settles it
 */
public record LeaseHeader(long id, long ttlMillis, long deadlineMillis) {
  /** Whether the store made it for a key with a time to live. */
  public boolean isOwn() {
    return id < 0;
  }

  /** How far the clock has to move from {@code clockMillis} until it ends, 0 or more. */
  public long remainingMillis(long clockMillis) {
    return deadlineMillis == Deadlines.UNSETTLED
        ? ttlMillis
        : Math.max(0, deadlineMillis - clockMillis);
  }
}
