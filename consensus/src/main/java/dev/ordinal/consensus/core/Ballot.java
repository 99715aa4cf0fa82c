package dev.ordinal.consensus.core;

import java.util.Comparator;

/**
 * The name of one leadership: compared by configuration, then round, then node, so no two nodes
 * share one (Lamport, "Paxos Made Simple", §2.2).
 */
public record Ballot(long configuration, long round, int node) implements Comparable<Ballot> {
  /** Below every ballot that a node can lead. */
  public static final Ballot NONE = new Ballot(0, 0, 0);

  private static final Comparator<Ballot> ORDER =
      Comparator.comparingLong(Ballot::configuration)
          .thenComparingLong(Ballot::round)
          .thenComparingInt(Ballot::node);

  @Override
  public int compareTo(Ballot other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return configuration + "." + round + "." + node;
  }
}
