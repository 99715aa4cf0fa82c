package dev.ordinal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;

class OrdinalMainTest {
  @Test
  void aMistakeIsExplainedInOneLineThatSaysWhereToReadOn() {
    StringWriter said = new StringWriter();
    int code =
        OrdinalMain.commandLine()
            .setErr(new PrintWriter(said, true))
            .execute("get", "a", "--colour", "red");
    assertThat(code).isEqualTo(ExitCode.USAGE.code());
    assertThat(said.toString().lines())
        .singleElement()
        .asString()
        .startsWith("ordinal: ")
        .contains("--colour")
        .endsWith("see './ordinal get --help'");
  }

  /** Without a label of its own, an option shows the name of a variable: {@code <seconds>}. */
  @Test
  void whatAnOptionTakesHasAName() {
    named(OrdinalMain.commandLine());
  }

  private static void named(CommandLine line) {
    for (ArgSpec argument : line.getCommandSpec().args()) {
      if (argument.arity().max() > 0) {
        assertThat(argument.paramLabel()).as(argument.toString()).doesNotContain("<");
      }
    }
    line.getSubcommands().values().forEach(OrdinalMainTest::named);
  }
}
