package dev.ordinal.scheduler.workload;

import dev.ordinal.scheduler.cluster.Cluster;
import dev.ordinal.scheduler.cluster.DeviceSet;
import dev.ordinal.scheduler.cluster.Node;
import dev.ordinal.scheduler.cluster.NodeShape;
import dev.ordinal.scheduler.cluster.Request;
import dev.ordinal.scheduler.cluster.Task;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a workload from two CSV files in the format of the openb trace. Columns are found by name,
 * unknown ones are ignored, the order of the rows is kept. A line that starts with {@code #} is a
 * comment.
 *
 * <p>Nodes: {@code sn, cpu_milli, memory_mib, gpu, model}. Tasks: {@code name, cpu_milli,
 * memory_mib, num_gpu, gpu_milli}, and if there is one {@code gpu_spec} with the models that will
 * do, as in {@code A|B}.
 */
public final class WorkloadReader {
  private static final List<String> NODE_COLUMNS =
      List.of("sn", "cpu_milli", "memory_mib", "gpu", "model");
  private static final List<String> TASK_COLUMNS =
      List.of("name", "cpu_milli", "memory_mib", "num_gpu", "gpu_milli");

  private WorkloadReader() {}

  /**
   * Reads both files.
   *
   * @throws MalformedCsvException if a file is not as it should be; it names the place
   * @throws IOException if a file cannot be read
   */
  public static Workload read(Path nodes, Path tasks) throws IOException {
    return new Workload(readNodes(nodes), readTasks(tasks));
  }

  private static Cluster readNodes(Path file) throws IOException {
    List<Node> nodes = new ArrayList<>();
    Map<String, Long> linesByName = new HashMap<>();
    CsvTable.read(
        file,
        NODE_COLUMNS,
        row -> {
          String name = distinctName(row, "sn", linesByName);
          return nodes.add(new Node(nodes.size(), name, nodeShape(row)));
        });
    return new Cluster(nodes);
  }

  private static List<Task> readTasks(Path file) throws IOException {
    Map<String, Long> linesByName = new HashMap<>();
    // The same few requests come again and again; one object for each.
    Map<Request, Request> requests = new HashMap<>();
    return CsvTable.read(
        file,
        TASK_COLUMNS,
        row -> {
          String name = distinctName(row, "name", linesByName);
          Request request = request(row);
          return new Task(name, requests.computeIfAbsent(request, same -> same));
        });
  }

  static NodeShape nodeShape(CsvTable.Row row) throws MalformedCsvException {
    return new NodeShape(
        row.integer("cpu_milli", 0, NodeShape.QUANTITY_MAX),
        row.integer("memory_mib", 0, NodeShape.QUANTITY_MAX),
        (int) row.integerOrZero("gpu", 0, DeviceSet.DEVICES_MAX),
        row.text("model"));
  }

  static Request request(CsvTable.Row row) throws MalformedCsvException {
    int gpus = (int) row.integerOrZero("num_gpu", 0, DeviceSet.DEVICES_MAX);
    int gpuMilli = (int) row.integerOrZero("gpu_milli", 0, DeviceSet.DEVICE_MILLI);
    if (gpus == 0) {
      gpuMilli = 0;
    } else if (gpus > 1 && gpuMilli != DeviceSet.DEVICE_MILLI) {
      throw row.malformed("gpu_milli", "1000 with num_gpu " + gpus + ": only one device is shared");
    } else if (gpuMilli == 0) {
      throw row.malformed("gpu_milli", "an integer from 1 to 1000 with num_gpu 1");
    }
    return new Request(
        row.integer("cpu_milli", 0, NodeShape.QUANTITY_MAX),
        row.integer("memory_mib", 0, NodeShape.QUANTITY_MAX),
        gpus,
        gpuMilli,
        models(row));
  }

  private static List<String> models(CsvTable.Row row) throws MalformedCsvException {
    String spec = row.text("gpu_spec");
    if (spec.isEmpty()) {
      return List.of();
    }
    List<String> models = List.of(spec.split("\\|", -1));
    if (models.stream().anyMatch(String::isBlank)) {
      throw row.malformed("gpu_spec", "empty, or models joined with | as in V100M16|V100M32");
    }
    return models;
  }

  private static String distinctName(CsvTable.Row row, String column, Map<String, Long> linesByName)
      throws MalformedCsvException {
    String name = row.name(column);
    Long earlier = linesByName.putIfAbsent(name, row.line());
    if (earlier != null) {
      throw row.malformed(column, "a name of its own; line " + earlier + " has the same");
    }
    return name;
  }
}
