package dev.ordinal.scheduler.placement;

import dev.ordinal.scheduler.cluster.Check;

/**
 * Why a task was not placed: each node is counted once, at its first failing check in the order
 * spec, cpu, memory, gpu.
 *
 * @param nodes all of them; the other counts add up to it
 * @param spec nodes whose GPU model is not one of those asked for
 * @param cpu nodes with too little free cpu
 * @param memory nodes with too little free memory
 * @param gpu nodes whose free devices do not do, although the rest does
 * @param fitting nodes on which it fits: none when it was unplaceable, some when it was given up
 *     because others were quicker too often
 */
public record Explanation(int nodes, int spec, int cpu, int memory, int gpu, int fitting) {
  public Explanation {
    Check.invariant(
        spec + cpu + memory + gpu + fitting == nodes,
        "%d spec + %d cpu + %d memory + %d gpu + %d fitting are not %d nodes",
        spec,
        cpu,
        memory,
        gpu,
        fitting,
        nodes);
  }

  /** {@code 1523 nodes: 866 lack cpu, 30 lack memory, 627 lack gpu}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder().append(nodes).append(" nodes:");
    append(text, spec, " have another gpu model");
    append(text, cpu, " lack cpu");
    append(text, memory, " lack memory");
    append(text, gpu, " lack gpu");
    append(text, fitting, " would fit");
    return text.substring(0, text.length() - 1);
  }

  private static void append(StringBuilder text, int count, String what) {
    if (count > 0) {
      text.append(' ').append(count).append(what).append(',');
    }
  }
}
