package dev.ordinal.scheduler.submit;

import dev.ordinal.scheduler.cluster.Node;
import dev.ordinal.scheduler.placement.Choice;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A transaction that was sent and is not answered.
 *
 * @param members what was chosen for the bundle's tasks, in their order
 * @param sentNanos by {@link System#nanoTime}
 */
record Proposal(Bundle bundle, List<Choice> members, long sentNanos) {
  Proposal {
    members = List.copyOf(members);
  }

  /** Every node that one of its tasks may go to. */
  static Set<Node> nodes(List<Choice> members) {
    Set<Node> nodes = new HashSet<>();
    members.forEach(
        member -> member.alternatives().forEach(placement -> nodes.add(placement.node())));
    return nodes;
  }
}
