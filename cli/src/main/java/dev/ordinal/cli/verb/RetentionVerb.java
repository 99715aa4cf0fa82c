package dev.ordinal.cli.verb;

import dev.ordinal.cli.ExitCode;
import dev.ordinal.cli.print.Printer;
import dev.ordinal.client.OrdinalClient;
import dev.ordinal.client.RetentionPolicy;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ordinal journal retention}: how much of the past is kept. */
@Command(
    name = "retention",
    mixinStandardHelpOptions = true,
    description = {
      "Sets how much of the past is kept: what exceeds any of the bounds goes. 0 is no bound;",
      "a bound that is not given stays as it is."
    })
public final class RetentionVerb extends StoreVerb {
  private static final long MIB = 1L << 20;

  @Option(names = "--orders", paramLabel = "N", description = "At most so many transactions.")
  private @Nullable Long orders;

  @Option(
      names = "--mib",
      paramLabel = "N",
      description = "At most so many MiB of keys and values that transactions wrote.")
  private @Nullable Long mebibytes;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      description = "Nothing older than so many seconds of replicated time.")
  private @Nullable Long seconds;

  @Override
  ExitCode run(OrdinalClient client, Printer out) {
    requireBound("--orders", orders, Long.MAX_VALUE);
    requireBound("--mib", mebibytes, Long.MAX_VALUE / MIB);
    requireBound("--seconds", seconds, Long.MAX_VALUE / 1000);
    if (orders != null || mebibytes != null || seconds != null) {
      RetentionPolicy present = client.retention().status().policy();
      var _ =
          client
              .retention()
              .setPolicy(
                  new RetentionPolicy(
                      orders == null ? present.ordersMax() : orders,
                      mebibytes == null ? present.bytesMax() : mebibytes * MIB,
                      seconds == null ? present.ageMax() : Duration.ofSeconds(seconds)));
    }
    return RetentionView.show(client, out);
  }

  private void requireBound(String option, @Nullable Long value, long max) {
    if (value != null && (value < 0 || value > max)) {
      throw usage("%s must be from 0 (no bound) to %d, was %d".formatted(option, max, value));
    }
  }
}
