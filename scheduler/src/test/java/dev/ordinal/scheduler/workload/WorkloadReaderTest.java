package dev.ordinal.scheduler.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ordinal.scheduler.cluster.NodeShape;
import dev.ordinal.scheduler.cluster.Request;
import dev.ordinal.scheduler.cluster.Task;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkloadReaderTest {
  private static final String NODES = "sn,cpu_milli,memory_mib,gpu,model\nn0,1000,2000,2,T4\n";
  private static final String TASKS = "name,cpu_milli,memory_mib,num_gpu,gpu_milli\nt0,1,2,0,0\n";

  @TempDir private Path directory;

  @Test
  void columnsAreFoundByNameAndOthersIgnored() throws IOException {
    Workload workload =
        read(
            "color,model,gpu,memory_mib,cpu_milli,sn\nred,T4,2,2000,1000,n0\n",
            "gpu_spec,num_gpu,qos,gpu_milli,name,memory_mib,cpu_milli\nT4|A10,1,LS,460,t0,2,1\n");
    assertThat(workload.cluster().node(0).shape()).isEqualTo(new NodeShape(1000, 2000, 2, "T4"));
    assertThat(workload.tasks())
        .containsExactly(new Task("t0", new Request(1, 2, 1, 460, List.of("A10", "T4"))));
  }

  @Test
  void theFirstFiveColumnsAreEnough() throws IOException {
    assertThat(read(NODES, TASKS).tasks().getFirst().request())
        .isEqualTo(new Request(1, 2, 0, 0, List.of()));
  }

  @Test
  void theOrderOfTheFileIsKept() throws IOException {
    Workload workload = read(NODES, TASKS + "b,1,1,0,0\na,1,1,0,0\n");
    assertThat(workload.tasks().stream().map(Task::name)).containsExactly("t0", "b", "a");
  }

  @Test
  void aMissingFileIsNamedWithWhatWasExpected() {
    Path missing = directory.resolve("missing.csv");
    assertThatThrownBy(() -> WorkloadReader.read(missing, missing))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageContaining("missing.csv")
        .hasMessageContaining("sn, cpu_milli");
  }

  @Test
  void aMissingColumnIsNamedWithThoseThatAreThere() {
    assertThatThrownBy(() -> read("sn,cpu_milli,memory_mib,gpu\nn0,1,1,0\n", TASKS))
        .isInstanceOf(MalformedCsvException.class)
        .hasMessageContaining("nodes.csv line 1: no column model")
        .hasMessageContaining("[sn, cpu_milli, memory_mib, gpu]");
  }

  @Test
  void aFileWithoutRowsIsRefused() {
    assertThatThrownBy(() -> read("sn,cpu_milli,memory_mib,gpu,model\n", TASKS))
        .isInstanceOf(MalformedCsvException.class)
        .hasMessageContaining("nodes.csv: no rows");
  }

  @Test
  void bytesThatAreNotTextAreRefused() throws IOException {
    Path nodes = directory.resolve("nodes.csv");
    Files.write(nodes, new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1, (byte) 0x80});
    assertThatThrownBy(() -> WorkloadReader.read(nodes, nodes))
        .isInstanceOf(MalformedCsvException.class)
        .hasMessageContaining("nodes.csv");
  }

  @Test
  void aRowWithTooFewFieldsIsRefusedWithItsLine() {
    assertThatThrownBy(() -> read(NODES + "n1,1000\n", TASKS))
        .isInstanceOf(MalformedCsvException.class)
        .hasMessageContaining("nodes.csv")
        .hasMessageContaining("3");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "t1,x,2,0,0;  line 3, column cpu_milli: 'x' is not allowed; an integer from 0 to",
        "t1,-1,2,0,0; line 3, column cpu_milli: '-1' is not allowed; an integer from 0 to",
        "t1,1,,0,0;   line 3, column memory_mib: '' is not allowed; an integer from 0 to",
        "t1,1,2,99,0; line 3, column num_gpu: '99' is not allowed; an integer from 0 to 32",
        "t1,1,2,1,0;  line 3, column gpu_milli: '0' is not allowed; 1 to 1000",
        "t1,1,2,1,1001; line 3, column gpu_milli: '1001' is not allowed; 0 to 1000",
        "t1,1,2,2,500; line 3, column gpu_milli: '500' is not allowed; 1000 with num_gpu 2",
        "t0,1,2,0,0;  line 3, column name: 't0' is not allowed; line 2 has the same",
        "a/b,1,2,0,0; line 3, column name: 'a/b' is not allowed; without /",
        "'',1,2,0,0;  line 3, column name: '' is not allowed; 1 to 253 characters",
      })
  void aBadTaskIsRefusedWithPlaceValueAndWhatIsAllowed(String row, String place, String allowed) {
    String line = row.replace("''", "");
    assertThatThrownBy(() -> read(NODES, TASKS + line + "\n"))
        .isInstanceOf(MalformedCsvException.class)
        .hasMessageContaining("tasks.csv " + place)
        .hasMessageContaining(allowed);
  }

  private Workload read(String nodes, String tasks) throws IOException {
    Path nodesFile = directory.resolve("nodes.csv");
    Path tasksFile = directory.resolve("tasks.csv");
    Files.writeString(nodesFile, nodes, StandardCharsets.UTF_8);
    Files.writeString(tasksFile, tasks, StandardCharsets.UTF_8);
    return WorkloadReader.read(nodesFile, tasksFile);
  }
}
