package dev.ordinal.scheduler.cluster;

/**
 * A machine of a {@link Cluster}.
 *
 * @param position its place in the order of nodes, from 0; ties go to the lowest position
 * @param name unique in the cluster
 */
public record Node(int position, String name, NodeShape shape) {
  public Node {
    Check.range("position", position, 0, Integer.MAX_VALUE - 1);
    Check.argument(!name.isEmpty(), "a node needs a name (position %d)", position);
  }
}
