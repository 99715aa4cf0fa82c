package dev.ordinal.journal.validation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ordinal.journal.outcome.Refusal;
import dev.ordinal.journal.transaction.Bounds;
import dev.ordinal.journal.transaction.Key;
import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CounterMathTest {
  private static final Key KEY = Key.of("gpu");
  private static final List<Long> EDGES =
      List.of(
          Long.MIN_VALUE,
          Long.MIN_VALUE + 1,
          Long.MIN_VALUE / 2,
          -1L,
          0L,
          1L,
          Long.MAX_VALUE / 2,
          Long.MAX_VALUE - 1,
          Long.MAX_VALUE);

  @Test
  void aRefusedAddSaysByHowMuchTheBoundWouldBreak() {
    assertThat(CounterMath.breaks(KEY, 7, 5, new Bounds(0, 10)))
        .isEqualTo(new Refusal.Bound(KEY, 2, 7));
    assertThat(CounterMath.breaks(KEY, 3, -5, new Bounds(0, 10)))
        .isEqualTo(new Refusal.Bound(KEY, 2, 3));
    assertThat(CounterMath.breaks(KEY, 5, 5, new Bounds(0, 10))).isNull();
  }

  @Test
  void boundsHoldAtTheEdgesOfTheNumbers() {
    for (long low : EDGES) {
      for (long high : EDGES) {
        Bounds bounds = new Bounds(low, high);
        EDGES.stream().filter(bounds::admit).forEach(value -> checkAllDeltas(value, bounds));
      }
    }
  }

  private static void checkAllDeltas(long value, Bounds bounds) {
    for (long delta : EDGES) {
      BigInteger sum = big(value).add(big(delta));
      BigInteger over = sum.subtract(big(bounds.high())).max(big(bounds.low()).subtract(sum));
      Refusal expected = over.signum() > 0 ? new Refusal.Bound(KEY, over.longValue(), value) : null;
      assertThat(CounterMath.breaks(KEY, value, delta, bounds))
          .as("%d + %d in %s", value, delta, bounds)
          .isEqualTo(expected);
    }
  }

  private static BigInteger big(long number) {
    return BigInteger.valueOf(number);
  }
}
