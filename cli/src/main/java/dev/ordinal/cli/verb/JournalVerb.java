package dev.ordinal.cli.verb;

import dev.ordinal.cli.ExitCode;
import dev.ordinal.cli.print.Printer;
import dev.ordinal.client.OrderId;
import dev.ordinal.client.OrdinalClient;
import dev.ordinal.client.OrdinalException;
import dev.ordinal.client.RetainedRange;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ordinal journal}: the transactions themselves, as they stand in the journal. */
@Command(
    name = "journal",
    mixinStandardHelpOptions = true,
    subcommands = {
      FloorVerb.class,
      RetentionVerb.class,
      HoldVerb.class,
      ReleaseVerb.class,
    },
    description =
        "Describes committed transactions in order: whose, what, and which version before.")
public final class JournalVerb extends StoreVerb {
  @Option(
      names = "--after",
      paramLabel = "ORDER",
      description =
          "Start with the transaction after this order ID. Default: the last --count ones.")
  private @Nullable Long after;

  @Option(
      names = "--count",
      paramLabel = "N",
      defaultValue = "10",
      description = "How many transactions (default: ${DEFAULT-VALUE}; with --follow: no limit).")
  private long count;

  @Option(names = "--follow", description = "Go on with new transactions as they commit.")
  private boolean follow;

  @Override
  ExitCode run(OrdinalClient client, Printer out) throws InterruptedException {
    if (count < 1) {
      throw usage("--count must be at least 1, was " + count);
    }
    OrderId head = client.snapshot().order();
    if (after != null) {
      lines(out, head).follow(client, OrderId.of(after), List.of());
    } else {
      last(client, head, out);
    }
    return ExitCode.OK;
  }

  /** The last {@code count} ones, or as many of them as are retained. */
  private void last(OrdinalClient client, OrderId head, Printer out) throws InterruptedException {
    try {
      lines(out, head).follow(client, OrderId.of(Math.max(0, head.value() - count)), List.of());
    } catch (OrdinalException trimmed) {
      RetainedRange retained = trimmed.retained().orElseThrow(() -> trimmed);
      lines(out, head).follow(client, retained.floor(), List.of());
    }
  }

  private RecordLines lines(Printer out, OrderId head) {
    return follow
        ? new RecordLines(out, RecordLines::description, Long.MAX_VALUE, RecordLines.FOR_EVER)
        : new RecordLines(out, RecordLines::description, count, head);
  }
}
