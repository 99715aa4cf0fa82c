package dev.ordinal.client;

/** A key, what it holds, and the order ID of the transaction that last changed it. */
public record Row(Key key, Content content, OrderId modifiedAt) {

  /**
   * The bytes of the row.
   *
   * @throws IllegalStateException if it is a counter
   */
  public Value value() {
    if (content instanceof Value value) {
      return value;
    }
    throw new IllegalStateException(key + " is a counter, not a value");
  }

  /**
   * The counter of the row.
   *
   * @throws IllegalStateException if it is a value
   */
  public Counter counter() {
    if (content instanceof Counter counter) {
      return counter;
    }
    throw new IllegalStateException(key + " is a value, not a counter");
  }
}
