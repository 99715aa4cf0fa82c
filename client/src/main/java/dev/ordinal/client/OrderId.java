package dev.ordinal.client;

/**
 * The number of a committed transaction in its history: dense, from 1 up. {@link #NONE} (0) is the
 * empty store before the first.
 */
public record OrderId(long value) implements Comparable<OrderId> {
  public static final OrderId NONE = new OrderId(0);

  public OrderId {
    if (value < 0) {
      throw new IllegalArgumentException("an order ID is at least 0, was " + value);
    }
  }

  public static OrderId of(long value) {
    return value == 0 ? NONE : new OrderId(value);
  }

  public boolean isBefore(OrderId other) {
    return value < other.value;
  }

  /** The greater of the two. */
  public OrderId max(OrderId other) {
    return value >= other.value ? this : other;
  }

  @Override
  public int compareTo(OrderId other) {
    return Long.compare(value, other.value);
  }

  @Override
  public String toString() {
    return Long.toString(value);
  }
}
