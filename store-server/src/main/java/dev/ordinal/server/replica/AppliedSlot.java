package dev.ordinal.server.replica;

/**
 * What one slot took, for those who measure.
 *
 * @param commands in it
 * @param bytes of them, encoded
 * @param applyNanos from the decided entry to what readers see
 * @param waitedNanos since its first command came to this replica; {@link #NOT_OURS} if none did
 */
public record AppliedSlot(int commands, int bytes, long applyNanos, long waitedNanos) {
  public static final long NOT_OURS = -1;
}
