package dev.ordinal.consensus.quorum;

/**
 * One disk of a node, 128 bits, drawn when it was formatted. Votes are kept on a disk: a node that
 * lost its disk comes back under its old number with another incarnation, and has promised nothing.
 */
public record Incarnation(long high, long low) {
  @Override
  public String toString() {
    return "%016x%016x".formatted(high, low);
  }
}
