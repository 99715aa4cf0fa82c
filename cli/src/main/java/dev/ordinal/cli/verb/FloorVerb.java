package dev.ordinal.cli.verb;

import dev.ordinal.cli.ExitCode;
import dev.ordinal.cli.print.Printer;
import dev.ordinal.client.OrderId;
import dev.ordinal.client.OrdinalClient;
import dev.ordinal.client.RetentionStatus;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ordinal journal floor}: what is retained, and what each replica has removed. */
@Command(
    name = "floor",
    mixinStandardHelpOptions = true,
    description = {
      "Shows the oldest order ID that can be read at, the policy, the holds,",
      "and how far each replica has collected."
    })
public final class FloorVerb extends StoreVerb {
  @Option(
      names = "--set",
      paramLabel = "ORDER",
      description = "Raise the floor to this order ID, or as far as holds allow, first.")
  private @Nullable Long wanted;

  @Override
  ExitCode run(OrdinalClient client, Printer out) {
    if (wanted != null) {
      RetentionStatus after = client.retention().moveFloor(OrderId.of(wanted));
      if (after.range().floor().value() < wanted) {
        say(
            "the floor is %s: a hold or the last order ID keeps it"
                .formatted(after.range().floor()));
      }
    }
    return RetentionView.show(client, out);
  }
}
