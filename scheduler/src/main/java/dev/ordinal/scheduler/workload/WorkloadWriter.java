package dev.ordinal.scheduler.workload;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import dev.ordinal.scheduler.cluster.Node;
import dev.ordinal.scheduler.cluster.NodeShape;
import dev.ordinal.scheduler.cluster.Placement;
import dev.ordinal.scheduler.cluster.Request;
import dev.ordinal.scheduler.cluster.Task;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Writes nodes, tasks and placements as CSV files that others can check. */
public final class WorkloadWriter {
  private WorkloadWriter() {}

  /** Writes both files as {@link WorkloadReader} reads them. */
  public static void write(Workload workload, Path nodes, Path tasks) throws IOException {
    try (CsvWriter csv = open(nodes)) {
      csv.writeRecord("sn", "cpu_milli", "memory_mib", "gpu", "model");
      for (Node node : workload.cluster().nodes()) {
        NodeShape shape = node.shape();
        csv.writeRecord(
            node.name(),
            Long.toString(shape.cpuMilli()),
            Long.toString(shape.memoryMib()),
            Integer.toString(shape.gpus()),
            shape.model());
      }
    }
    try (CsvWriter csv = open(tasks)) {
      csv.writeRecord("name", "cpu_milli", "memory_mib", "num_gpu", "gpu_milli", "gpu_spec");
      for (Task task : workload.tasks()) {
        Request request = task.request();
        csv.writeRecord(
            task.name(),
            Long.toString(request.cpuMilli()),
            Long.toString(request.memoryMib()),
            Integer.toString(request.gpus()),
            Integer.toString(request.gpuMilli()),
            String.join("|", request.models()));
      }
    }
  }

  /** Writes {@code pod,node,gpus}, the devices joined with {@code ;}. */
  public static void writePlacements(List<Placement> placements, Path file) throws IOException {
    try (CsvWriter csv = open(file)) {
      csv.writeRecord("pod", "node", "gpus");
      for (Placement placement : placements) {
        csv.writeRecord(
            placement.task().name(), placement.node().name(), placement.devices().toString());
      }
    }
  }

  private static CsvWriter open(Path file) throws IOException {
    return CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(file);
  }
}
