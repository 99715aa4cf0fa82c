package dev.ordinal.journal.retention;

import java.io.Serial;

/**
 * What was asked for lies below the floor, and is gone or may go: who asks takes a newer order ID.
 * Thrown to the door, which tells its caller.
 */
public final class NotRetained extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private final long wanted;
  private final long floor;
  private final long lastOrder;

  public NotRetained(long wanted, long floor, long lastOrder) {
    super(
        "order ID %d is no longer retained: %d to %d are, take a new snapshot"
            .formatted(wanted, floor, lastOrder));
    this.wanted = wanted;
    this.floor = floor;
    this.lastOrder = lastOrder;
  }

  public long wanted() {
    return wanted;
  }

  /** The oldest order ID that can be read at, or resumed after. */
  public long floor() {
    return floor;
  }

  public long lastOrder() {
    return lastOrder;
  }
}
