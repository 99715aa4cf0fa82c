package dev.ordinal.journal.retention;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** A journal of a thousand records of 10 bytes each, one every 100 milliseconds. */
class FloorDecisionTest {
  private static final long LAST = 1_000;
  private static final Mark END = mark(LAST + 1);

  private static Mark mark(long order) {
    return new Mark(10 * (order - 1), 100 * order);
  }

  private static OptionalLong proposal(long floor, RetentionPolicy policy, Hold... holds) {
    Retention retention = new Retention(floor, policy, List.of(holds));
    return new FloorDecision(retention, LAST, END)
        .propose(order -> {
          assertThat(order).as("a record that is kept").isBetween(floor + 1, LAST);
          return mark(order);
        });
  }

  @Test
  void eachBoundAloneSaysHowMuchIsKept() {
    assertThat(proposal(0, new RetentionPolicy(300, 0, 0))).hasValue(700);
    assertThat(proposal(0, new RetentionPolicy(0, 4_000, 0))).hasValue(600);
    assertThat(proposal(0, new RetentionPolicy(0, 4_009, 0))).hasValue(600);
    assertThat(proposal(0, new RetentionPolicy(0, 0, 20_000))).hasValue(801);
  }

  @Test
  void whatExceedsAnyBoundMayGo() {
    assertThat(proposal(0, new RetentionPolicy(300, 4_000, 50_000))).hasValue(700);
    assertThat(proposal(0, new RetentionPolicy(900, 2_000, 50_000))).hasValue(800);
    assertThat(proposal(0, new RetentionPolicy(900, 9_000, 10_000))).hasValue(901);
  }

  @Test
  void withoutBoundsNothingGoes() {
    assertThat(proposal(0, new RetentionPolicy(0, 0, 0))).isEmpty();
    assertThat(proposal(0, new RetentionPolicy(2_000, 90_000, 900_000))).isEmpty();
  }

  @Test
  void everythingGoesThatIsTooOldOrTooLarge() {
    assertThat(proposal(0, new RetentionPolicy(0, 9, 0))).hasValue(1_000);
    assertThat(proposal(0, new RetentionPolicy(0, 0, 1))).hasValue(1_000);
  }

  @Test
  void noHoldIsPassed() {
    RetentionPolicy policy = new RetentionPolicy(300, 0, 0);
    assertThat(proposal(0, policy, new Hold("a", 650, 9), new Hold("b", 660, 9))).hasValue(650);
    assertThat(proposal(650, policy, new Hold("a", 650, 9))).isEmpty();
  }

  @Test
  void aMoveThatIsHardlyWorthItWaits() {
    RetentionPolicy policy = new RetentionPolicy(300, 0, 0);
    assertThat(proposal(690, policy)).isEmpty();
    assertThat(proposal(680, policy)).hasValue(700);
  }
}
