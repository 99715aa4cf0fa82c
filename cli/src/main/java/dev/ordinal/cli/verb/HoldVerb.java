package dev.ordinal.cli.verb;

import dev.ordinal.cli.ExitCode;
import dev.ordinal.cli.print.Printer;
import dev.ordinal.client.OrderId;
import dev.ordinal.client.OrdinalClient;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ordinal journal hold}: keeps what a backup or a subscriber will need. */
@Command(
    name = "hold",
    mixinStandardHelpOptions = true,
    description = {
      "Keeps the state at an order ID and the records after it: the floor does not pass a hold.",
      "Placed again, a hold of the same name is replaced, or renewed."
    })
public final class HoldVerb extends StoreVerb {
  @Parameters(paramLabel = "NAME", description = "1 to 128 bytes.")
  private String name = "";

  @Option(
      names = "--at",
      paramLabel = "ORDER",
      description = "From the floor to the last order ID. Default: the last one.")
  private @Nullable Long at;

  @Option(
      names = "--lease",
      paramLabel = "SECONDS",
      defaultValue = "0",
      description = "It ends by itself after this time. Default: when it is released.")
  private long leaseSeconds;

  @Override
  ExitCode run(OrdinalClient client, Printer out) {
    if (leaseSeconds < 0 || leaseSeconds > Long.MAX_VALUE / 1000) {
      throw usage("--lease must be a number of seconds from 0, was " + leaseSeconds);
    }
    OrderId order = at == null ? client.snapshot().order() : OrderId.of(at);
    var _ = client.retention().hold(name, order, Duration.ofSeconds(leaseSeconds));
    return RetentionView.show(client, out);
  }
}
