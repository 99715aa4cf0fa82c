package dev.ordinal.cli.verb;

import dev.ordinal.cli.ExitCode;
import dev.ordinal.cli.print.Printer;
import dev.ordinal.client.OrdinalClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code ordinal journal release}: ends a hold. */
@Command(
    name = "release",
    mixinStandardHelpOptions = true,
    description = "Ends a hold; one that is not there is as good as released.")
public final class ReleaseVerb extends StoreVerb {
  @Parameters(paramLabel = "NAME", description = "As it was placed.")
  private String name = "";

  @Override
  ExitCode run(OrdinalClient client, Printer out) {
    var _ = client.retention().release(name);
    return RetentionView.show(client, out);
  }
}
