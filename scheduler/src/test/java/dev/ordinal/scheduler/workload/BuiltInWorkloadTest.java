package dev.ordinal.scheduler.workload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ordinal.scheduler.cluster.Node;
import dev.ordinal.scheduler.cluster.Task;
import dev.ordinal.scheduler.placement.Policy;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuiltInWorkloadTest {
  private static final int FIRST_FIT_PLACED = 7_909;
  private static final int BEST_FIT_PLACED = 7_805;

  @TempDir private Path directory;

  @Test
  void hasTheShapesAndCountsOfTheTrace() {
    Workload builtIn = BuiltInWorkload.load();
    assertThat(builtIn.cluster().nodes()).hasSize(1_523);
    assertThat(builtIn.cluster().nodes().stream().map(Node::shape).distinct()).hasSize(27);
    assertThat(builtIn.cluster().nodes().stream().mapToLong(n -> n.shape().cpuMilli()).sum())
        .isEqualTo(125_514_000);
    assertThat(builtIn.cluster().nodes().stream().mapToLong(n -> n.shape().memoryMib()).sum())
        .isEqualTo(612_028_416);
    assertThat(builtIn.cluster().nodes().stream().mapToLong(n -> n.shape().gpus()).sum())
        .isEqualTo(6_212);
    assertThat(builtIn.tasks()).hasSize(8_152);
    assertThat(builtIn.tasks().stream().map(Task::request).distinct()).hasSize(151);
    assertThat(builtIn.tasks().stream().filter(task -> task.request().sharesDevice()))
        .hasSize(3_078);
  }

  @Test
  void isTheSameOnEveryMachine() {
    Workload builtIn = BuiltInWorkload.load();
    assertThat(builtIn).isEqualTo(new Workload(builtIn.cluster(), BuiltInWorkload.load().tasks()));
    assertThat(builtIn.cluster().node(0).name()).isEqualTo("n0000");
    assertThat(builtIn.tasks().getLast().name()).isEqualTo("t8151");
    assertThat(firstFit(builtIn).placements()).hasSize(FIRST_FIT_PLACED);
    assertThat(Run.of(builtIn.cluster(), builtIn.tasks(), new Policy.BestFit(), 0).placements())
        .hasSize(BEST_FIT_PLACED);
  }

  @Test
  void whatIsWrittenIsReadBackAsItWas() throws Exception {
    Workload builtIn = BuiltInWorkload.load();
    Path nodes = directory.resolve("nodes.csv");
    Path tasks = directory.resolve("tasks.csv");
    WorkloadWriter.write(builtIn, nodes, tasks);
    Workload read = WorkloadReader.read(nodes, tasks);
    assertThat(read.cluster().nodes()).isEqualTo(builtIn.cluster().nodes());
    assertThat(read.tasks()).isEqualTo(builtIn.tasks());
  }

  @Test
  void theTablesAreWhatTheToolMakesOfTheTrace() throws Exception {
    Workload trace = OpenbTables.read(Openb.folder());
    assertThat(resource(OpenbTables.NODE_SHAPES)).isEqualTo(OpenbTables.nodeShapes(trace));
    assertThat(resource(OpenbTables.REQUESTS)).isEqualTo(OpenbTables.requests(trace));
  }

  @Test
  void theIndependentCheckerAgreesWithFirstFit() throws Exception {
    Path folder = Openb.folder();
    Workload builtIn = BuiltInWorkload.load();
    Run run = firstFit(builtIn);
    String nodes = directory.resolve("nodes.csv").toString();
    String tasks = directory.resolve("tasks.csv").toString();
    String placements = directory.resolve("placements.csv").toString();
    WorkloadWriter.write(builtIn, Path.of(nodes), Path.of(tasks));
    WorkloadWriter.writePlacements(run.placements(), Path.of(placements));

    Openb.CheckerRun verdict =
        Openb.check(
            folder, "verify", "--nodes", nodes, "--pods", tasks, "--placements", placements);
    assertThat(verdict.exitCode()).as(verdict.output()).isZero();

    Openb.CheckerRun own =
        Openb.check(folder, "place", "--nodes", nodes, "--pods", tasks, "--explain");
    var first = run.unplaced().entrySet().iterator().next();
    assertThat(own.output())
        .contains("\"placed\": " + run.placements().size())
        .contains("\"gpu_milli_used\": " + run.gpuMilli())
        .contains("\"pod\": \"" + first.getKey().name() + "\"")
        .contains("\"cpu\": " + first.getValue().cpu())
        .contains("\"gpu\": " + first.getValue().gpu());
  }

  private static Run firstFit(Workload workload) {
    return Run.of(workload.cluster(), workload.tasks(), new Policy.FirstFit(), 0);
  }

  private static String resource(String name) throws Exception {
    try (InputStream bytes = BuiltInWorkload.class.getResourceAsStream(name)) {
      assertThat(bytes).isNotNull();
      return new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
