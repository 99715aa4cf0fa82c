package dev.ordinal.consensus.quorum;

import java.util.List;
import java.util.TreeSet;

/**
 * The voters of one stretch of the log.
 *
 * @param number which configuration this is, from 1; the first part of every ballot cast in it
 * @param members node numbers, from 1, ascending, 1 to {@value #MEMBERS_MAX} of them
 * @param quorums which of their sets suffice
 */
public record Configuration(long number, List<Integer> members, QuorumSystem quorums) {
  /** Beyond this, more voters cost more than they protect. */
  public static final int MEMBERS_MAX = 7;

  public Configuration {
    if (number < 1) {
      throw new IllegalArgumentException("configurations are numbered from 1, was " + number);
    }
    members = List.copyOf(new TreeSet<>(members));
    if (members.isEmpty() || members.size() > MEMBERS_MAX || members.getFirst() < 1) {
      throw new IllegalArgumentException(
          "a configuration has 1 to 7 members, numbered from 1, not " + members);
    }
  }

  /** Configuration {@code number} of {@code members}, who decide by majority. */
  public static Configuration ofMajorities(long number, List<Integer> members) {
    int count = new TreeSet<>(members).size();
    return new Configuration(number, members, CountingQuorums.majorities(Math.max(count, 1)));
  }
}
