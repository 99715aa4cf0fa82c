package dev.ordinal.cli.print;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Columns of text, as wide as what they hold; numbers to the right. */
public final class Table {
  private static final String GAP = "  ";

  private final List<String> names;
  private final List<List<String>> rows = new ArrayList<>();

  public Table(String... names) {
    this.names = List.of(names);
  }

  /** One cell a column, shown by {@code toString}. */
  public Table row(Object... cells) {
    if (cells.length != names.size()) {
      throw new IllegalArgumentException(
          "%d cells for %d columns %s".formatted(cells.length, names.size(), names));
    }
    List<String> row = new ArrayList<>(cells.length);
    for (Object cell : cells) {
      row.add(text(cell));
    }
    rows.add(row);
    return this;
  }

  /** The lines, without a line break after the last. */
  public String text() {
    List<List<String>> all = new ArrayList<>();
    all.add(names);
    all.addAll(rows);
    int[] widths = new int[names.size()];
    boolean[] numbers = new boolean[names.size()];
    for (int column = 0; column < widths.length; column++) {
      int here = column;
      widths[column] = all.stream().mapToInt(row -> row.get(here).length()).max().orElse(0);
      numbers[column] =
          !rows.isEmpty() && rows.stream().allMatch(row -> looksLikeNumber(row.get(here)));
    }
    return all.stream()
        .map(row -> line(row, widths, numbers))
        .collect(Collectors.joining(System.lineSeparator()));
  }

  private static String text(Object cell) {
    return switch (cell) {
      case Long number -> "%,d".formatted(number);
      case Integer number -> "%,d".formatted(number);
      default -> cell.toString();
    };
  }

  private static String line(List<String> row, int[] widths, boolean[] numbers) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < widths.length; column++) {
      String cell = row.get(column);
      String pad = " ".repeat(widths[column] - cell.length());
      line.append(column == 0 ? "" : GAP).append(numbers[column] ? pad + cell : cell + pad);
    }
    return line.toString().stripTrailing();
  }

  private static boolean looksLikeNumber(String cell) {
    return cell.equals("-")
        || (!cell.isEmpty()
            && Character.isDigit(cell.charAt(cell.length() - 1))
            && cell.chars().allMatch(c -> Character.isDigit(c) || ",.-+".indexOf(c) >= 0));
  }
}
