package dev.ordinal.cli.verb;

import dev.ordinal.cli.ExitCode;
import dev.ordinal.cli.print.Printer;
import dev.ordinal.cli.print.Shown;
import dev.ordinal.client.Key;
import dev.ordinal.client.KeyRange;
import dev.ordinal.client.OrdinalClient;
import dev.ordinal.client.Row;
import dev.ordinal.client.Snapshot;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ordinal scan}: a range of keys at one order ID. */
@Command(
    name = "scan",
    mixinStandardHelpOptions = true,
    description = "Lists the keys of a range in order, all at one order ID.")
public final class ScanVerb extends StoreVerb {
  @Mixin private ReadOptions reading = new ReadOptions();

  @Option(
      names = "--prefix",
      paramLabel = "PREFIX",
      description = "Only keys that start with this.")
  private @Nullable String prefix;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "1000",
      description = "The most rows to show (default: ${DEFAULT-VALUE}).")
  private long limit;

  @Parameters(index = "0", arity = "0..1", paramLabel = "START", description = "Inclusive.")
  private @Nullable String start;

  @Parameters(index = "1", arity = "0..1", paramLabel = "END", description = "Exclusive.")
  private @Nullable String end;

  private record Result(long order, List<Shown.Entry> rows, boolean more) {}

  @Override
  ExitCode run(OrdinalClient client, Printer out) {
    if (limit < 1) {
      throw usage("--limit must be at least 1, was " + limit);
    }
    Snapshot snapshot = client.snapshot(reading.consistency());
    List<Row> rows;
    try (Stream<Row> found = snapshot.scan(range())) {
      rows = found.limit(limit + 1).toList();
    }
    boolean more = rows.size() > limit;
    List<Row> shown = more ? rows.subList(0, rows.size() - 1) : rows;
    Result result =
        new Result(snapshot.order().value(), shown.stream().map(Shown.Entry::of).toList(), more);
    out.print(result, () -> GetVerb.text(shown));
    if (more && !out.isJson()) {
      say("there is more after %,d rows; raise --limit or give START".formatted(limit));
    }
    return ExitCode.OK;
  }

  private KeyRange range() {
    if (prefix != null) {
      if (start != null) {
        throw usage("give --prefix or START, not both");
      }
      return KeyRange.prefix(prefix);
    }
    if (start == null) {
      return KeyRange.all();
    }
    return end == null
        ? KeyRange.from(Key.of(start))
        : KeyRange.between(Key.of(start), Key.of(end));
  }
}
