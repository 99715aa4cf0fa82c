package dev.ordinal.simulation.invariant;

/**
 * A linearizable read sees everything that a client had seen before it began: every acknowledged
 * command and every earlier read (the real-time half of linearizability; the order itself is the
 * log's).
 */
public final class LinearizableReads implements Invariant {
  private static final String NAME = "reads are linearizable";

  private long seenThrough;

  LinearizableReads() {}

  /** Everything through this slot has been shown to some client by now. */
  public long seenThrough() {
    return seenThrough;
  }

  /** A client was told that a command took effect in {@code slot}. */
  public void onAcknowledged(long slot) {
    seenThrough = Math.max(seenThrough, slot);
  }

  /** A client, who began when {@code seenBefore} was {@link #seenThrough}, was shown a state. */
  public void onRead(int member, long seenBefore, long slot) {
    if (slot < seenBefore) {
      throw new Violation(
          NAME,
          "a read at member %d shows slot %d, %d was seen before"
              .formatted(member, slot, seenBefore));
    }
    seenThrough = Math.max(seenThrough, slot);
  }
}
