package dev.ordinal.client;

/** How many groups of a transaction must be accepted for it to take effect. */
public sealed interface Policy {
  /** Every group, or nothing happens. */
  static Policy all() {
    return new All();
  }

  /** Whatever is accepted takes effect; nothing happens only if no group is. */
  static Policy incremental() {
    return new Incremental();
  }

  /** At least {@code groups} of them, or nothing happens. */
  static Policy atLeast(int groups) {
    return new AtLeast(groups);
  }

  /** Every group, or nothing happens. */
  record All() implements Policy {}

  /** Whatever is accepted takes effect. */
  record Incremental() implements Policy {}

  /** At least {@code groups} of them, or nothing happens. */
  record AtLeast(int groups) implements Policy {
    public AtLeast {
      if (groups < 1) {
        throw new IllegalArgumentException("at least 1 group, was " + groups);
      }
    }
  }
}
