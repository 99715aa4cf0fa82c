package dev.ordinal.scheduler.cluster;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The nodes, in their order, with what follows from their capacities alone. Immutable. */
public final class Cluster {
  private final List<Node> nodes;
  private final Map<String, Node> nodesByName = new HashMap<>();

  /** Number of each node's model, by position. */
  private final int[] models;

  private final Map<String, Integer> modelNumbers = new TreeMap<>();
  private final long largestCpuMilli;
  private final long largestMemoryMib;
  private final long largestGpuMilli;

  /**
   * A cluster of these nodes.
   *
   * @param nodes node i has position i; at least one
   * @throws IllegalArgumentException if a position or a name is not right
   */
  public Cluster(List<Node> nodes) {
    Check.argument(!nodes.isEmpty(), "a cluster needs a node");
    this.nodes = List.copyOf(nodes);
    this.models = new int[nodes.size()];
    for (int position = 0; position < models.length; position++) {
      Node node = this.nodes.get(position);
      Check.argument(
          node.position() == position,
          "node %s is number %d and says position %d",
          node.name(),
          position,
          node.position());
      Check.argument(
          nodesByName.put(node.name(), node) == null, "two nodes are named %s", node.name());
      models[position] =
          modelNumbers.computeIfAbsent(node.shape().model(), model -> modelNumbers.size());
    }
    this.largestCpuMilli = this.nodes.stream().mapToLong(n -> n.shape().cpuMilli()).max().orElse(0);
    this.largestMemoryMib =
        this.nodes.stream().mapToLong(n -> n.shape().memoryMib()).max().orElse(0);
    this.largestGpuMilli = this.nodes.stream().mapToLong(n -> n.shape().gpuMilli()).max().orElse(0);
  }

  public List<Node> nodes() {
    return nodes;
  }

  public int size() {
    return models.length;
  }

  public Node node(int position) {
    return nodes.get(position);
  }

  public Optional<Node> node(String name) {
    return Optional.ofNullable(nodesByName.get(name));
  }

  /** The number of the node's model among the models of this cluster. */
  public int model(int position) {
    return models[position];
  }

  /** For each number of a model whether it is one of {@code wanted}; all of them if none is. */
  public boolean[] modelsIn(List<String> wanted) {
    boolean[] allowed = new boolean[modelNumbers.size()];
    for (Map.Entry<String, Integer> model : modelNumbers.entrySet()) {
      allowed[model.getValue()] = wanted.isEmpty() || wanted.contains(model.getKey());
    }
    return allowed;
  }

  /** At least 1, so that it can divide. */
  public long largestCpuMilli() {
    return Math.max(1, largestCpuMilli);
  }

  /** At least 1, so that it can divide. */
  public long largestMemoryMib() {
    return Math.max(1, largestMemoryMib);
  }

  /** At least 1, so that it can divide. */
  public long largestGpuMilli() {
    return Math.max(1, largestGpuMilli);
  }
}
