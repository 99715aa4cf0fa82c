package dev.ordinal.cli.verb;

import dev.ordinal.cli.ExitCode;
import dev.ordinal.cli.print.Printer;
import dev.ordinal.client.Consistency;
import dev.ordinal.client.Key;
import dev.ordinal.client.OrderId;
import dev.ordinal.client.OrdinalClient;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ordinal watch}: changes as they commit. */
@Command(
    name = "watch",
    mixinStandardHelpOptions = true,
    description = "Prints each change under some prefixes as it commits.")
public final class WatchVerb extends StoreVerb {
  @Option(
      names = "--after",
      paramLabel = "ORDER",
      description = "Start with the change after this order ID. Default: from now on.")
  private @Nullable Long after;

  @Option(names = "--count", description = "End after this many transactions. Default: never.")
  private @Nullable Long count;

  @Parameters(paramLabel = "PREFIX", arity = "0..*", description = "None: everything.")
  private List<String> prefixes = List.of();

  @Override
  ExitCode run(OrdinalClient client, Printer out) throws InterruptedException {
    OrderId start =
        after == null ? client.snapshot(Consistency.linearizable()).order() : OrderId.of(after);
    long countMax = count == null ? Long.MAX_VALUE : count;
    new RecordLines(out, RecordLines::changes, countMax, RecordLines.FOR_EVER)
        .follow(client, start, prefixes.stream().map(Key::of).toList());
    return ExitCode.OK;
  }
}
