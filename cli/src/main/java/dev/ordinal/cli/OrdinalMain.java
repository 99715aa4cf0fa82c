package dev.ordinal.cli;

import dev.ordinal.cli.demo.DemoVerb;
import dev.ordinal.cli.verb.DeleteVerb;
import dev.ordinal.cli.verb.GetVerb;
import dev.ordinal.cli.verb.JournalVerb;
import dev.ordinal.cli.verb.MemberVerb;
import dev.ordinal.cli.verb.PutVerb;
import dev.ordinal.cli.verb.ScanVerb;
import dev.ordinal.cli.verb.StatusVerb;
import dev.ordinal.cli.verb.TxnVerb;
import dev.ordinal.cli.verb.WatchVerb;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code ordinal}: finds the verb, runs it, exits with its {@link ExitCode}. */
@Command(
    name = "ordinal",
    description = "A replicated, optimistic shared-state store for schedulers and control planes.",
    mixinStandardHelpOptions = true,
    version = "ordinal 0.1.0",
    synopsisSubcommandLabel = "VERB",
    subcommands = {
      DemoVerb.class,
      UpVerb.class,
      StatusVerb.class,
      MemberVerb.class,
      GetVerb.class,
      PutVerb.class,
      DeleteVerb.class,
      ScanVerb.class,
      TxnVerb.class,
      WatchVerb.class,
      JournalVerb.class,
      CommandLine.HelpCommand.class,
    },
    footerHeading = "%nVerbs with programs of their own (VERB --help):%n",
    footer = {
      "  format   Prepares a data directory for a replica.",
      "  server   Runs one replica.",
      "  sim      Runs the deterministic simulator of consensus.",
      "  bench    Measures a store.",
      "",
      "Exit codes: 0 done, 1 refused by the store, 2 wrong arguments, 3 no leader answered,",
      "4 a key does not exist, 5 outcome unknown, 6 not verified, 7 no such order ID,",
      "70 a fault of this program."
    })
public final class OrdinalMain {
  /** Held, or its level would be lost with it. gRPC tells its log what a verb says better. */
  private static final Logger GRPC = Logger.getLogger("io.grpc");

  private OrdinalMain() {}

  public static void main(String[] args) {
    GRPC.setLevel(Level.OFF);
    System.exit(commandLine().execute(args.length == 0 ? new String[] {"help"} : args));
  }

  /** The whole command, ready to run. */
  public static CommandLine commandLine() {
    return new CommandLine(new OrdinalMain())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(new Failures())
        .setParameterExceptionHandler(Failures::explain)
        .setUsageHelpAutoWidth(true);
  }
}
