package dev.ordinal.journal.store;

/** Whose state it is: written when a directory is formatted, compared whenever it is opened. */
public record StateOwner(long cluster, long history) {
  @Override
  public String toString() {
    return "cluster %016x, history %016x".formatted(cluster, history);
  }
}
