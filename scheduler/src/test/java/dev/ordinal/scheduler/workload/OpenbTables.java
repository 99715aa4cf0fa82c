package dev.ordinal.scheduler.workload;

import dev.ordinal.scheduler.cluster.Node;
import dev.ordinal.scheduler.cluster.NodeShape;
import dev.ordinal.scheduler.cluster.Request;
import dev.ordinal.scheduler.cluster.Task;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/**
 * Makes the two tables of {@link BuiltInWorkload} from the files of the openb trace. Arguments: the
 * folder of the trace, and the folder to write to (the resources of this package).
 */
final class OpenbTables {
  static final String NODE_SHAPES = "openb-node-shapes.csv";
  static final String REQUESTS = "openb-requests.csv";

  private static final String HEADER =
      """
      # %s of the openb trace, with the number of %s that have each.
      # Summed up by OpenbTables from %s of
      #   https://github.com/hkust-adsl/kubernetes-scheduler-simulator
      #   (data/csv at 8f3d6417), Apache-2.0. The same file is in
      #   https://github.com/alibaba/clusterdata (cluster-trace-gpu-v2023 at 7a6c496e),
      #   with no licence file; its README allows use for research or study. That Apache-2.0
      #   applies, through the authors' repository, is a reading to be confirmed by a person.
      # Paper: Weng, Yang, et al., "Beware of Fragmentation: Scheduling GPU-Sharing Workloads
      #   with Fragmentation Gradient Descent", USENIX ATC 2023.
      # Units: thousandths of a core; mebibytes; thousandths of a GPU device.
      """;

  private OpenbTables() {}

  public static void main(String[] args) throws IOException {
    Workload trace = read(Path.of(args[0]));
    Path resources = Path.of(args[1]);
    Files.writeString(resources.resolve(NODE_SHAPES), nodeShapes(trace), StandardCharsets.UTF_8);
    Files.writeString(resources.resolve(REQUESTS), requests(trace), StandardCharsets.UTF_8);
  }

  static Workload read(Path folder) throws IOException {
    return WorkloadReader.read(
        folder.resolve("openb_node_list_all_node.csv"),
        folder.resolve("openb_pod_list_default.csv"));
  }

  static String nodeShapes(Workload trace) {
    Map<NodeShape, Integer> counts =
        new TreeMap<>(
            Comparator.comparingLong(NodeShape::cpuMilli)
                .thenComparingLong(NodeShape::memoryMib)
                .thenComparingInt(NodeShape::gpus)
                .thenComparing(NodeShape::model));
    for (Node node : trace.cluster().nodes()) {
      counts.merge(node.shape(), 1, Integer::sum);
    }
    StringBuilder table =
        new StringBuilder(HEADER.formatted("Node shapes", "nodes", "openb_node_list_all_node.csv"));
    table.append("count,cpu_milli,memory_mib,gpu,model\n");
    counts.forEach((shape, count) ->
        table.append(
            "%d,%d,%d,%d,%s\n"
                .formatted(
                    count, shape.cpuMilli(), shape.memoryMib(), shape.gpus(), shape.model())));
    return table.toString();
  }

  static String requests(Workload trace) {
    Map<Request, Integer> counts =
        new TreeMap<>(
            Comparator.comparingLong(Request::cpuMilli)
                .thenComparingLong(Request::memoryMib)
                .thenComparingInt(Request::gpus)
                .thenComparingInt(Request::gpuMilli)
                .thenComparing(request -> String.join("|", request.models())));
    for (Task task : trace.tasks()) {
      counts.merge(task.request(), 1, Integer::sum);
    }
    StringBuilder table =
        new StringBuilder(HEADER.formatted("Requests", "tasks", "openb_pod_list_default.csv"));
    table.append("count,cpu_milli,memory_mib,num_gpu,gpu_milli,gpu_spec\n");
    counts.forEach((request, count) ->
        table.append(
            "%d,%d,%d,%d,%d,%s\n"
                .formatted(
                    count,
                    request.cpuMilli(),
                    request.memoryMib(),
                    request.gpus(),
                    request.gpuMilli(),
                    String.join("|", request.models()))));
    return table.toString();
  }
}
