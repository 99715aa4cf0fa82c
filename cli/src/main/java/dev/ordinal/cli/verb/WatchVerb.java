package dev.ordinal.cli.verb;

import dev.ordinal.cli.ExitCode;
import dev.ordinal.cli.print.Printer;
import dev.ordinal.cli.print.Shown;
import dev.ordinal.client.Consistency;
import dev.ordinal.client.Key;
import dev.ordinal.client.KeyRange;
import dev.ordinal.client.OrderId;
import dev.ordinal.client.OrdinalClient;
import dev.ordinal.client.OrdinalException;
import dev.ordinal.client.Row;
import dev.ordinal.client.Snapshot;
import java.util.List;
import java.util.stream.Stream;
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

  @Option(
      names = "--count",
      paramLabel = "N",
      description = "End after this many transactions. Default: never.")
  private @Nullable Long count;

  @Parameters(paramLabel = "PREFIX", arity = "0..*", description = "None: everything.")
  private List<String> prefixes = List.of();

  @Override
  ExitCode run(OrdinalClient client, Printer out) throws InterruptedException {
    OrderId start =
        after == null ? client.snapshot(Consistency.linearizable()).order() : OrderId.of(after);
    long countMax = count == null ? Long.MAX_VALUE : count;
    RecordLines lines = new RecordLines(out, RecordLines::changes, countMax, RecordLines.FOR_EVER);
    boolean first = true;
    while (!follow(lines, client, start, first)) {
      start = showState(client, out);
      first = false;
    }
    return ExitCode.OK;
  }

  /** False: what follows is no longer retained. Whoever asks for that at first is told so. */
  private boolean follow(RecordLines lines, OrdinalClient client, OrderId start, boolean first)
      throws InterruptedException {
    try {
      lines.follow(client, start, prefixes.stream().map(Key::of).toList());
      return true;
    } catch (OrdinalException trimmed) {
      if (trimmed.retained().isEmpty() || (first && lines.isUntouched() && after != null)) {
        throw trimmed;
      }
      say(trimmed.getMessage() + "; here is what there is now, and then its changes");
      return false;
    }
  }

  /** Everything under the prefixes, and the order ID at which it was so. */
  private OrderId showState(OrdinalClient client, Printer out) {
    Snapshot snapshot = client.snapshot(Consistency.linearizable());
    List<KeyRange> ranges =
        prefixes.isEmpty()
            ? List.of(KeyRange.all())
            : prefixes.stream().map(KeyRange::prefix).toList();
    for (KeyRange range : ranges) {
      try (Stream<Row> rows = snapshot.scan(range)) {
        rows.forEach(row -> out.print(Shown.Entry.of(row), () -> RecordLines.line(row)));
      }
    }
    return snapshot.order();
  }
}
