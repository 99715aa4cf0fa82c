package dev.ordinal.journal.state;

import dev.ordinal.journal.record.Digest;

/**
 * Where the state stands: what every replica that has applied the same slots agrees on. It is
 * written with every slot, in the same atomic batch as the slot's changes.
 *
 * @param history the identity of this sequence of order IDs
 * @param sessionsOpened how many sessions were ever opened; the last one has this number
 */
public record Head(
    long history, SlotTip slot, OrderTip order, Horizon horizon, long sessionsOpened) {

  /** The state in which nothing has happened. */
  public static Head initial(long history, Horizon.Limits horizonLimits) {
    return new Head(
        history,
        new SlotTip(0, Digest.START, Digest.START),
        new OrderTip(0, 0, Digest.START),
        new Horizon(0, horizonLimits),
        0);
  }

  /**
   * The last slot that was applied; 0 is none.
   *
   * @param entryHash the hash of the log through the slot
   * @param digest over all outcomes and records through the slot: equal on equal slots (I13)
   */
  public record SlotTip(long slot, Digest entryHash, Digest digest) {}

  /**
   * The last order ID; 0 is none.
   *
   * @param session whose it is; 0 without a session
   * @param digest over all effects through the order ID (I12)
   */
  public record OrderTip(long order, long session, Digest digest) {}

  /**
   * What verdicts can be given for.
   *
   * @param order the oldest order ID that a transaction may have read
   */
  public record Horizon(long order, Limits limits) {
    /**
     * How far the horizon may trail the last order ID: the same on every replica, since verdicts
     * depend on it.
     *
     * @param ordersMax order IDs
     * @param bytesMax of the write sets after the horizon, see {@link
     *     dev.ordinal.journal.validation.ConflictIndex}
     */
    public record Limits(long ordersMax, long bytesMax) {
      public static final Limits STANDARD = new Limits(1 << 20, 256L << 20);
      public static final Limits SMALL = new Limits(1 << 16, 16L << 20);

      public Limits {
        if (ordersMax < 1 || bytesMax < 1) {
          throw new IllegalArgumentException(
              "the horizon must span at least 1 order ID and 1 byte, was %d and %d"
                  .formatted(ordersMax, bytesMax));
        }
      }
    }
  }
}
