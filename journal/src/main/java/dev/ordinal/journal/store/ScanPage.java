package dev.ordinal.journal.store;

import dev.ordinal.journal.record.Row;
import dev.ordinal.journal.transaction.Key;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a range, ascending by key.
 *
 * @param resumeAt where the next page starts; null: this was the last page. The next page can still
 *     turn out empty.
 */
public record ScanPage(List<Row> rows, @Nullable Key resumeAt) {
  public ScanPage {
    rows = List.copyOf(rows);
  }
}
