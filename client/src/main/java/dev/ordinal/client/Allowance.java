package dev.ordinal.client;

/**
 * How many transactions may be under way to a leader that refuses some for overload: half as many
 * after a refusal, one more after each round that it takes (additive increase, multiplicative
 * decrease; Chiu and Jain, "Analysis of the Increase and Decrease Algorithms", 1989). Without a
 * refusal there is no bound here.
 */
final class Allowance {
  private int max = Integer.MAX_VALUE;
  private int takenOfRound;

  /** How many more may be sent. */
  int left(int underWay) {
    return Math.max(0, max - underWay);
  }

  /** One was refused while {@code underWay} others were under way. */
  void refused(int underWay) {
    max = Math.max(1, Math.min(max - 1, underWay) / 2 + 1);
    takenOfRound = 0;
  }

  void taken() {
    if (max < Integer.MAX_VALUE && ++takenOfRound >= max) {
      max++;
      takenOfRound = 0;
    }
  }
}
