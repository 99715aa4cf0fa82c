package dev.ordinal.scheduler.workload;

import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The rows of a CSV file: columns by name, in any order, unknown ones ignored. */
final class CsvTable {
  /** Longer names would not fit into a key of the store with room for what follows them. */
  private static final int NAME_LENGTH_MAX = 253;

  private CsvTable() {}

  /** Turns a row into what it describes. */
  interface RowReader<T> {
    T read(Row row) throws MalformedCsvException;
  }

  /**
   * @param required columns without which the file cannot be read
   * @throws NoSuchFileException if there is no such file
   * @throws MalformedCsvException if the file is not as it should be
   */
  static <T> List<T> read(Path file, List<String> required, RowReader<T> rowReader)
      throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new NoSuchFileException(
          file.toString(), null, "expected a CSV file with the columns " + required);
    }
    try (Reader text = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      return read(file.toString(), text, required, rowReader);
    }
  }

  /**
   * @param name what to call the text in messages
   */
  static <T> List<T> read(String name, Reader text, List<String> required, RowReader<T> rowReader)
      throws IOException {
    List<T> rows = new ArrayList<>();
    try (CsvReader<NamedCsvRecord> records =
        CsvReader.builder()
            .commentStrategy(CommentStrategy.SKIP)
            .detectBomHeader(false)
            .ofNamedCsvRecord(text)) {
      for (NamedCsvRecord csvRecord : records) {
        if (rows.isEmpty()) {
          requireColumns(name, csvRecord.getHeader(), required);
        }
        rows.add(rowReader.read(new Row(name, csvRecord)));
      }
    } catch (CsvParseException e) {
      throw new MalformedCsvException("%s: %s".formatted(name, e.getMessage()), e);
    } catch (UncheckedIOException e) {
      throw new MalformedCsvException(
          "%s: cannot be read as UTF-8 text: %s".formatted(name, e.getMessage()), e);
    }
    if (rows.isEmpty()) {
      throw new MalformedCsvException(
          "%s: no rows; expected a line with the columns %s and at least one row"
              .formatted(name, required),
          null);
    }
    return rows;
  }

  private static void requireColumns(String name, List<String> header, List<String> required)
      throws MalformedCsvException {
    for (String column : required) {
      if (!header.contains(column)) {
        throw new MalformedCsvException(
            "%s line 1: no column %s; the columns are %s, required are %s"
                .formatted(name, column, header, required),
            null);
      }
    }
  }

  /** One row, with typed access to its fields. */
  static final class Row {
    private final String table;
    private final NamedCsvRecord fields;

    private Row(String table, NamedCsvRecord fields) {
      this.table = table;
      this.fields = fields;
    }

    long line() {
      return fields.getStartingLineNumber();
    }

    /** The trimmed field, or the empty string if there is no such column. */
    String text(String column) {
      return fields.findField(column).orElse("").strip();
    }

    /** A name that can be a part of a key in the store. */
    String name(String column) throws MalformedCsvException {
      String name = text(column);
      boolean printable = name.chars().noneMatch(c -> c <= ' ' || c == '/' || c == 0x7f);
      if (name.isEmpty() || name.length() > NAME_LENGTH_MAX || !printable) {
        throw malformed(
            column, "1 to " + NAME_LENGTH_MAX + " characters without blanks and without /");
      }
      return name;
    }

    /** An integer from {@code low} to {@code high}. */
    long integer(String column, long low, long high) throws MalformedCsvException {
      long value;
      try {
        value = Long.parseLong(text(column));
      } catch (NumberFormatException e) {
        throw malformed(column, "an integer from %d to %d".formatted(low, high));
      }
      if (value < low || value > high) {
        throw malformed(column, "an integer from %d to %d".formatted(low, high));
      }
      return value;
    }

    /** As {@link #integer}; an empty field is 0. */
    long integerOrZero(String column, long low, long high) throws MalformedCsvException {
      return text(column).isEmpty() && low <= 0 ? 0 : integer(column, low, high);
    }

    MalformedCsvException malformed(String column, String allowed) {
      return new MalformedCsvException(
          "%s line %d, column %s: '%s' is not allowed; it must be %s"
              .formatted(table, line(), column, text(column), allowed),
          null);
    }
  }
}
