package dev.ordinal.client;

import java.util.List;

/**
 * What a change of the members came to, or would come to.
 *
 * @param unchanged it was so already; {@code why} says how
 * @param configuration the number of the configuration that is in force, or would be
 * @param firstLeader the voter that leads it first
 * @param deciding how many voters decide
 * @param notReady voters that do not live, or are behind
 */
public record MemberVerdict(
    boolean unchanged,
    String why,
    long configuration,
    List<Integer> voters,
    List<Integer> learners,
    int firstLeader,
    int deciding,
    List<Integer> notReady) {
  public MemberVerdict {
    voters = List.copyOf(voters);
    learners = List.copyOf(learners);
    notReady = List.copyOf(notReady);
  }
}
