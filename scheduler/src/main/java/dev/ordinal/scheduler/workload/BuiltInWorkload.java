package dev.ordinal.scheduler.workload;

import dev.ordinal.scheduler.cluster.Cluster;
import dev.ordinal.scheduler.cluster.Node;
import dev.ordinal.scheduler.cluster.NodeShape;
import dev.ordinal.scheduler.cluster.Request;
import dev.ordinal.scheduler.cluster.Task;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A workload with the shapes and counts of the openb trace: 1,523 nodes of 27 shapes and 8,152
 * tasks with 151 different requests. The tables are data beside this class; they name their source
 * and licence. The trace's order is not kept: nodes and tasks come in an order that is shuffled
 * once and for all, the same on every machine.
 */
public final class BuiltInWorkload {
  private static final String NODE_SHAPES = "openb-node-shapes.csv";
  private static final String REQUESTS = "openb-requests.csv";
  private static final int COUNT_MAX = 1_000_000;

  /** Another seed is another workload. */
  private static final long SEED = 2023;

  private BuiltInWorkload() {}

  /** Nodes n0000, n0001, …, tasks t0000, t0001, …. */
  public static Workload load() {
    SplittableRandom random = new SplittableRandom(SEED);
    List<NodeShape> shapes =
        shuffled(
            repeated(
                NODE_SHAPES,
                List.of("count", "cpu_milli", "memory_mib", "gpu", "model"),
                WorkloadReader::nodeShape),
            random);
    List<Request> requests =
        shuffled(
            repeated(
                REQUESTS,
                List.of("count", "cpu_milli", "memory_mib", "num_gpu", "gpu_milli", "gpu_spec"),
                WorkloadReader::request),
            random);
    List<Node> nodes = new ArrayList<>(shapes.size());
    for (NodeShape shape : shapes) {
      nodes.add(new Node(nodes.size(), "n%04d".formatted(nodes.size()), shape));
    }
    List<Task> tasks = new ArrayList<>(requests.size());
    for (Request request : requests) {
      tasks.add(new Task("t%04d".formatted(tasks.size()), request));
    }
    return new Workload(new Cluster(nodes), tasks);
  }

  /** Each row as many times as its column {@code count} says. */
  private static <T> List<T> repeated(
      String resource, List<String> columns, CsvTable.RowReader<T> rowReader) {
    List<T> all = new ArrayList<>();
    try (InputStream bytes = BuiltInWorkload.class.getResourceAsStream(resource)) {
      if (bytes == null) {
        throw new IOException(resource + " is missing beside " + BuiltInWorkload.class);
      }
      Reader text = new InputStreamReader(bytes, StandardCharsets.UTF_8);
      CsvTable.read(
          resource,
          text,
          columns,
          row -> {
            T shape = rowReader.read(row);
            for (long left = row.integer("count", 1, COUNT_MAX); left > 0; left--) {
              all.add(shape);
            }
            return shape;
          });
    } catch (IOException e) {
      throw new UncheckedIOException("the program's own tables cannot be read", e);
    }
    return all;
  }

  /** Fisher-Yates with a generator whose algorithm is fixed by its specification. */
  private static <T> List<T> shuffled(List<T> all, SplittableRandom random) {
    List<T> shuffled = new ArrayList<>(all);
    for (int last = shuffled.size() - 1; last > 0; last--) {
      int other = random.nextInt(last + 1);
      T moved = shuffled.set(last, shuffled.get(other));
      shuffled.set(other, moved);
    }
    return shuffled;
  }
}
