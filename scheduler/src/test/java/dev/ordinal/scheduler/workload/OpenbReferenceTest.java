package dev.ordinal.scheduler.workload;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import dev.ordinal.scheduler.cluster.Request;
import dev.ordinal.scheduler.cluster.Task;
import dev.ordinal.scheduler.placement.Explanation;
import dev.ordinal.scheduler.placement.Policy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real trace, held against the figures that an independent program computed. */
class OpenbReferenceTest {
  @TempDir private Path directory;

  @Test
  void firstFitPlacesWhatTheReferencePlaces() throws IOException {
    Workload trace = OpenbTables.read(Openb.folder());
    Run run = Run.of(trace.cluster(), trace.tasks(), new Policy.FirstFit(), 0);
    assertThat(run.placements()).hasSize(7_784);
    assertThat(run.gpuMilli()).isEqualTo(5_764_570);
  }

  @Test
  void theFirstUnplacedTaskIsExplainedAsInTheReference() throws IOException {
    Workload trace = OpenbTables.read(Openb.folder());
    Run run = Run.of(trace.cluster(), trace.tasks(), new Policy.FirstFit(), 0);
    Map.Entry<Task, Explanation> first = run.unplaced().entrySet().iterator().next();
    assertThat(first.getKey().name()).isEqualTo("openb-pod-7726");
    assertThat(first.getValue()).isEqualTo(new Explanation(1_523, 0, 866, 30, 627, 0));
  }

  @Test
  void everyReferenceRowOfFirstFitAndBestFitIsMet() throws IOException {
    Path folder = Openb.folder();
    int rows = 0;
    try (CsvReader<NamedCsvRecord> reference =
        CsvReader.builder().ofNamedCsvRecord(folder.resolve("reference_results.csv"))) {
      for (NamedCsvRecord expected : reference) {
        String policy = expected.getField("policy");
        boolean applies = policy.equals("first-fit") || policy.equals("best-fit");
        if (applies && expected.getField("command").equals("place")) {
          meets(folder, expected);
          rows++;
        }
      }
    }
    assertThat(rows).isEqualTo(36);
  }

  @Test
  void theIndependentCheckerAcceptsThePlacementsOfEveryPolicy() throws Exception {
    Path folder = Openb.folder();
    Workload trace = OpenbTables.read(folder);
    for (String policy : List.of("first-fit", "best-fit", "fullest-of-8", "random")) {
      Run run = Run.of(trace.cluster(), trace.tasks(), Policy.named(policy), 7);
      Path placements = directory.resolve(policy + ".csv");
      WorkloadWriter.writePlacements(run.placements(), placements);
      Openb.CheckerRun verdict =
          Openb.check(
              folder,
              "verify",
              "--nodes",
              folder.resolve("openb_node_list_all_node.csv").toString(),
              "--pods",
              folder.resolve("openb_pod_list_default.csv").toString(),
              "--placements",
              placements.toString());
      assertThat(verdict.exitCode()).as(policy + ": " + verdict.output()).isZero();
    }
  }

  private static void meets(Path folder, NamedCsvRecord expected) throws IOException {
    Path pods = folder.resolve(expected.getField("pods"));
    Workload trace = WorkloadReader.read(folder.resolve(expected.getField("nodes")), pods);
    List<Task> tasks = ordered(trace.tasks(), expected.getField("order"), pods);
    Run run = Run.of(trace.cluster(), tasks, Policy.named(expected.getField("policy")), 0);
    long nodesTouched = run.placements().stream().map(placed -> placed.node()).distinct().count();
    assertThat(
            List.of(
                (long) run.placements().size(),
                run.cpuMilli(),
                run.memoryMib(),
                run.gpuMilli(),
                nodesTouched))
        .as(expected.toString())
        .isEqualTo(
            List.of(
                Long.parseLong(expected.getField("placed")),
                Long.parseLong(expected.getField("cpu_milli_used")),
                Long.parseLong(expected.getField("memory_mib_used")),
                Long.parseLong(expected.getField("gpu_milli_used")),
                Long.parseLong(expected.getField("nodes_touched"))));
  }

  private static List<Task> ordered(List<Task> tasks, String order, Path pods) throws IOException {
    List<Task> ordered = new ArrayList<>(tasks);
    switch (order) {
      case "file" -> {}
      case "creation" -> {
        Map<String, Long> created = creationTimes(pods);
        ordered.sort(Comparator.comparingLong(task -> created.getOrDefault(task.name(), 0L)));
      }
      case "ffd" ->
          ordered.sort(
              Comparator.comparing(
                  Task::request,
                  Comparator.comparingLong(Request::gpuTotalMilli)
                      .thenComparingLong(Request::cpuMilli)
                      .thenComparingLong(Request::memoryMib)
                      .reversed()));
      default -> throw new IllegalArgumentException("unknown order " + order);
    }
    return ordered;
  }

  private static Map<String, Long> creationTimes(Path pods) throws IOException {
    Map<String, Long> created = new HashMap<>();
    try (CsvReader<NamedCsvRecord> rows = CsvReader.builder().ofNamedCsvRecord(pods)) {
      for (NamedCsvRecord row : rows) {
        created.put(row.getField("name"), Long.parseLong(row.getField("creation_time")));
      }
    }
    return created;
  }
}
