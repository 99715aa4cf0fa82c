package dev.ordinal.journal.transaction;

/** How many groups must be accepted for the transaction to take effect. */
public sealed interface Policy {
  Policy ALL = new All();
  Policy INCREMENTAL = new Incremental();

  /** The least number of accepted groups, of {@code groups}. */
  int required(int groups);

  /** Every group, or nothing happens. */
  record All() implements Policy {
    @Override
    public int required(int groups) {
      return groups;
    }
  }

  /** Whatever is accepted takes effect; nothing happens only if no group is. */
  record Incremental() implements Policy {
    @Override
    public int required(int groups) {
      return 1;
    }
  }

  record AtLeast(int count) implements Policy {
    @Override
    public int required(int groups) {
      return count;
    }
  }
}
