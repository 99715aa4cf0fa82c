package dev.ordinal.server;

import dev.ordinal.server.config.ConfigRefused;
import dev.ordinal.server.config.FileDefaults;
import dev.ordinal.server.wiring.ExitCode;
import java.util.Objects;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The verbs {@code ordinal server} and {@code ordinal format}. */
@Command(
    name = "ordinal",
    description = "Replicas of the store: format their directories, run them.",
    subcommands = {ServerCommand.class, FormatCommand.class},
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "server | format")
public final class ServerMain {
  private ServerMain() {}

  public static void main(String[] arguments) {
    System.exit(run(arguments));
  }

  /** Runs a verb to its end and returns its exit code. */
  static int run(String... arguments) {
    CommandLine line = new CommandLine(new ServerMain());
    CommandLine server = Objects.requireNonNull(line.getSubcommands().get(ServerCommand.NAME));
    line.setExecutionExceptionHandler((failure, _, _) -> explain(failure));
    line.setParameterExceptionHandler((failure, _) -> explain(failure));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    try {
      server.setDefaultValueProvider(FileDefaults.of(arguments, server.getCommandSpec()));
    } catch (ConfigRefused e) {
      return explain(e);
    }
    return line.execute(arguments);
  }

  /** The complaint and where to read on; the whole usage would bury it. */
  private static int explain(CommandLine.ParameterException failure) {
    String verb = failure.getCommandLine().getCommandSpec().qualifiedName();
    System.err.printf("ordinal: %s; see '%s --help'%n", failure.getMessage(), verb);
    return ExitCode.USAGE.code();
  }

  /** One line where it says all; the whole story where nobody expected it. */
  private static int explain(Exception failure) {
    ExitCode exit = ExitCode.of(failure);
    if (exit.isExplained()) {
      System.err.println("ordinal: " + failure.getMessage());
    } else {
      LoggerFactory.getLogger(ServerMain.class).error("cannot go on", failure);
    }
    return exit.code();
  }
}
