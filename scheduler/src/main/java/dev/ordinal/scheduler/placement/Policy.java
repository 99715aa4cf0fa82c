package dev.ordinal.scheduler.placement;

import dev.ordinal.scheduler.cluster.Check;

/** Which of the nodes on which a task fits it should get. */
public sealed interface Policy {
  /** The first in the order of nodes. */
  record FirstFit() implements Policy {}

  /** The one on which least is left, over all dimensions; of equals the first. */
  record BestFit() implements Policy {}

  /**
   * The fullest of some random fitting nodes: nearly as tight as best-fit, and schedulers that
   * decide at the same time seldom want the same node.
   *
   * @param samples how many fitting nodes are compared, at least 1; fewer where fewer fit
   */
  record FullestOf(int samples) implements Policy {
    public FullestOf {
      Check.range("samples", samples, 1, 1_000);
    }
  }

  /** Any of them, each with equal chance. */
  record AnyFit() implements Policy {}

  /**
   * The policy that people call so.
   *
   * @param name {@code first-fit}, {@code best-fit}, {@code fullest-of-8} or {@code random}
   * @throws IllegalArgumentException if it is none of these
   */
  static Policy named(String name) {
    return switch (name) {
      case "first-fit" -> new FirstFit();
      case "best-fit" -> new BestFit();
      case "fullest-of-8" -> new FullestOf(8);
      case "random" -> new AnyFit();
      default ->
          throw new IllegalArgumentException(
              "unknown policy %s: use first-fit, best-fit, fullest-of-8 or random".formatted(name));
    };
  }
}
