package dev.ordinal.simulation;

import dev.ordinal.simulation.invariant.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The result of a sweep, for people and for programs. */
final class SweepText {
  private final SweepReport report;
  private final double seconds;

  SweepText(SweepReport report, double seconds) {
    this.report = report;
    this.seconds = seconds;
  }

  String table() {
    List<String> lines = new ArrayList<>();
    report
        .coverage()
        .counts()
        .forEach((name, count) -> lines.add("%12d  %s".formatted(count, name)));
    report.coverage().missing().forEach(name -> lines.add("%12s  %s".formatted("never", name)));
    lines.add("");
    lines.add(
        String.format(
            Locale.ROOT,
            "%d seeds, %d events, %d slots decided, %d violations, %.1f s (%.0f seeds an hour)",
            report.runs(),
            report.events(),
            report.decided(),
            report.violations().size(),
            seconds,
            seedsAnHour()));
    lines.add("digest %016x".formatted(report.digest()));
    for (SeedRun run : report.violations()) {
      lines.add("VIOLATION seed " + run.seed() + ": " + message(run));
      lines.add("  replay: " + replay(run));
    }
    return String.join(System.lineSeparator(), lines);
  }

  String json() {
    return String.format(
        Locale.ROOT,
        "{\"seeds\":%d,\"events\":%d,\"decided\":%d,\"digest\":\"%016x\",\"seconds\":%.1f,"
            + "\"violations\":[%s],\"coverage\":{%s},\"neverReached\":[%s]}",
        report.runs(),
        report.events(),
        report.decided(),
        report.digest(),
        seconds,
        report.violations().stream().map(SweepText::json).collect(Collectors.joining(",")),
        report.coverage().counts().entrySet().stream()
            .map(SweepText::json)
            .collect(Collectors.joining(",")),
        report.coverage().missing().stream()
            .map(SweepText::quote)
            .collect(Collectors.joining(",")));
  }

  private double seedsAnHour() {
    return seconds == 0 ? 0 : report.runs() / seconds * 3_600;
  }

  private static String replay(SeedRun run) {
    return "./ordinal sim --seed " + run.seed();
  }

  private static String message(SeedRun run) {
    Violation violation = run.violation();
    return violation == null ? "" : String.valueOf(violation.getMessage());
  }

  private static String json(SeedRun run) {
    return "{\"seed\":%d,\"message\":%s,\"replay\":%s}"
        .formatted(run.seed(), quote(message(run)), quote(replay(run)));
  }

  private static String json(Map.Entry<String, Long> count) {
    return quote(count.getKey()) + ":" + count.getValue();
  }

  private static String quote(String text) {
    String escaped =
        text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n").replace("\r", "");
    return "\"" + escaped + "\"";
  }
}
