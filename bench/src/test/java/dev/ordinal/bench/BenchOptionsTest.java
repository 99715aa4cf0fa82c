package dev.ordinal.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class BenchOptionsTest {
  @ParameterizedTest
  @CsvSource({
    "--in-flight, 0, '--in-flight must be 1 to 65,536, was 0'",
    "--seconds, 0, '--seconds must be 1 to 3,600, was 0'",
    "--warm-up, -1, '--warm-up must be 0 to 3,600, was -1'",
    "--keys, 0, '--keys must be 1 to 1,000,000,000, was 0'",
    "--value-bytes, 1048577, '--value-bytes must be 0 to 1,048,576, was 1,048,577'",
    "--replicas, 2, '--replicas must be one of [1, 3, 5], was 2'",
  })
  void aWrongValueIsNamedWithWhatIsAllowed(String option, String value, String message) {
    StringWriter said = new StringWriter();
    CommandLine command = BenchMain.commandLine().setErr(new PrintWriter(said));

    assertThat(command.execute(option, value)).isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(said.toString()).startsWith(message);
  }

  @Test
  void streamedAndUnaryExcludeEachOther() {
    StringWriter said = new StringWriter();
    CommandLine command = BenchMain.commandLine().setErr(new PrintWriter(said));

    assertThat(command.execute("--streamed", "--unary")).isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(said.toString()).startsWith("--streamed and --unary exclude each other");
  }

  @Test
  void defaultsAreAllowed() {
    BenchOptions options = new BenchOptions();
    new CommandLine(options).parseArgs();

    assertThat(options.problems()).isEmpty();
    assertThat(options.unary()).isFalse();
    assertThat(options.inFlight()).isEqualTo(256);
  }
}
