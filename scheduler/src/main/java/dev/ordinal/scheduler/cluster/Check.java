package dev.ordinal.scheduler.cluster;

import com.google.errorprone.annotations.FormatMethod;

/** Checks of arguments, and of claims that hold unless the program is wrong. */
public final class Check {
  private Check() {}

  /**
   * Holds a value to a range.
   *
   * @throws IllegalArgumentException if {@code value} is not in {@code low..high}
   */
  public static void range(String name, long value, long low, long high) {
    if (value < low || value > high) {
      throw new IllegalArgumentException(
          "%s must be %d to %d, was %d".formatted(name, low, high, value));
    }
  }

  /**
   * Holds an argument to a claim.
   *
   * @throws IllegalArgumentException if the claim does not hold
   */
  @FormatMethod
  public static void argument(boolean claim, String message, Object... values) {
    if (!claim) {
      throw new IllegalArgumentException(message.formatted(values));
    }
  }

  /**
   * Holds the program to a claim.
   *
   * @throws InvariantViolation if the claim does not hold
   */
  @FormatMethod
  public static void invariant(boolean claim, String message, Object... values) {
    if (!claim) {
      throw new InvariantViolation(message.formatted(values));
    }
  }
}
