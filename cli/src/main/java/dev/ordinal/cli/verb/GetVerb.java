package dev.ordinal.cli.verb;

import dev.ordinal.cli.ExitCode;
import dev.ordinal.cli.print.Printer;
import dev.ordinal.cli.print.Shown;
import dev.ordinal.cli.print.Table;
import dev.ordinal.client.Key;
import dev.ordinal.client.OrdinalClient;
import dev.ordinal.client.Row;
import dev.ordinal.client.Snapshot;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code ordinal get}: some keys at one order ID. */
@Command(
    name = "get",
    mixinStandardHelpOptions = true,
    description = "Shows what keys hold, all at one order ID.")
public final class GetVerb extends StoreVerb {
  @Mixin private ReadOptions reading = new ReadOptions();

  @Parameters(paramLabel = "KEY", arity = "1..*")
  private List<String> keys = List.of();

  private record Result(long order, List<Shown.Entry> rows, List<String> missing) {}

  @Override
  ExitCode run(OrdinalClient client, Printer out) {
    Snapshot snapshot = client.snapshot(reading.consistency());
    Map<Key, Row> rows = snapshot.getAll(keys.stream().map(Key::of).toList());
    List<String> missing = keys.stream().filter(key -> !rows.containsKey(Key.of(key))).toList();
    Result result =
        new Result(
            snapshot.order().value(),
            rows.values().stream().map(Shown.Entry::of).toList(),
            missing);
    out.print(result, () -> text(rows.values()));
    if (!missing.isEmpty()) {
      say("does not exist at order ID %s: %s".formatted(snapshot.order(), missing));
      return ExitCode.NOT_FOUND;
    }
    return ExitCode.OK;
  }

  static String text(Collection<Row> rows) {
    if (rows.isEmpty()) {
      return "nothing found";
    }
    Table table = new Table("KEY", "VALUE", "CHANGED AT");
    for (Row row : rows) {
      table.row(row.key(), Shown.text(row.content()), row.modifiedAt().value());
    }
    return table.text();
  }
}
