package dev.ordinal.consensus.quorum;

import java.util.Set;

/**
 * Quorums by head count. Invariant: {@code electing + deciding > members}, so any two meet.
 *
 * @param members how many vote
 * @param electing how many promises end phase 1
 * @param deciding how many acceptances decide
 */
public record CountingQuorums(int members, int electing, int deciding) implements QuorumSystem {
  public CountingQuorums {
    if (electing < 1 || electing > members || deciding < 1 || deciding > members) {
      throw new IllegalArgumentException(
          "a quorum of %d members has 1 to %d of them, not %d and %d"
              .formatted(members, members, electing, deciding));
    }
    if (electing + deciding <= members) {
      throw new IllegalArgumentException(
          "%d electing and %d deciding of %d members need not meet: their sum must be above %d"
              .formatted(electing, deciding, members, members));
    }
  }

  /** More than half of {@code members}, for both purposes. */
  public static CountingQuorums majorities(int members) {
    return new CountingQuorums(members, members / 2 + 1, members / 2 + 1);
  }

  @Override
  public boolean elects(Set<Integer> members) {
    return members.size() >= electing;
  }

  @Override
  public boolean decides(Set<Integer> members) {
    return members.size() >= deciding;
  }
}
