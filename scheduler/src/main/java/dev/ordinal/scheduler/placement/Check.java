package dev.ordinal.scheduler.placement;

import com.google.errorprone.annotations.FormatMethod;

/** Checks of arguments, and of claims that hold unless the program is wrong. */
final class Check {
  private Check() {}

  /**
   * @throws IllegalArgumentException if {@code value} is not in {@code low..high}
   */
  static void range(String name, long value, long low, long high) {
    if (value < low || value > high) {
      throw new IllegalArgumentException(
          "%s must be %d to %d, was %d".formatted(name, low, high, value));
    }
  }

  /**
   * @throws IllegalArgumentException if the claim does not hold
   */
  @FormatMethod
  static void argument(boolean claim, String message, Object... values) {
    if (!claim) {
      throw new IllegalArgumentException(message.formatted(values));
    }
  }

  /**
   * @throws InvariantViolation if the claim does not hold
   */
  @FormatMethod
  static void invariant(boolean claim, String message, Object... values) {
    if (!claim) {
      throw new InvariantViolation(message.formatted(values));
    }
  }
}
