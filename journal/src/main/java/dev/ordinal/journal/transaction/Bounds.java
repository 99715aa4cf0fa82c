package dev.ordinal.journal.transaction;

/**
 * What a counter may be, both ends inclusive. A client may send bounds that admit nothing ({@code
 * low > high}); they are refused when they meet a counter, so they can be expressed.
 */
public record Bounds(long low, long high) {
  public boolean admit(long value) {
    return low <= value && value <= high;
  }
}
