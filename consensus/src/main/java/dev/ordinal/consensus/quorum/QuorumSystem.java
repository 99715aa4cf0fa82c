package dev.ordinal.consensus.quorum;

import java.util.Set;

/**
 * Which sets of members suffice to elect and which to decide. What safety needs, and all it needs:
 * every electing set shares a member with every deciding set (Howard, Malkhi and Spiegelman,
 * "Flexible Paxos", 2016, §3).
 */
public interface QuorumSystem {
  /** Whether promises of {@code members} end phase 1. */
  boolean elects(Set<Integer> members);

  /** Whether acceptances by {@code members} decide; such a set also confirms a leader's reads. */
  boolean decides(Set<Integer> members);
}
