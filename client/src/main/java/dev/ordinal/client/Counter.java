package dev.ordinal.client;

/**
 * A number that the store keeps between two bounds, both inclusive.
 *
 * <p>Transactions change it by {@link Operation#add}; two of them conflict only when a bound would
 * break, however many change it at once.
 */
public record Counter(long value, long low, long high) implements Content {
  public Counter {
    if (low > value || value > high) {
      throw new IllegalArgumentException(
          "a counter's value lies between its bounds: low %d, value %d, high %d"
              .formatted(low, value, high));
    }
  }
}
