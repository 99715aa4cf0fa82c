package dev.ordinal.cli.verb;

import dev.ordinal.cli.print.Printer;
import dev.ordinal.cli.print.Shown;
import dev.ordinal.client.Change;
import dev.ordinal.client.Content;
import dev.ordinal.client.JournalRecord;
import dev.ordinal.client.Key;
import dev.ordinal.client.OrderId;
import dev.ordinal.client.OrdinalClient;
import dev.ordinal.client.OrdinalException;
import dev.ordinal.client.Row;
import dev.ordinal.client.Subscription;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Prints records as they come, until there were enough or the subscription ends. */
final class RecordLines implements Subscription.Handler {
  private final Printer out;
  private final Function<JournalRecord, String> text;
  private final long countMax;
  private final OrderId until;
  private CountDownLatch finished = new CountDownLatch(1);
  private long count;
  private @Nullable OrdinalException ended;

  /** Ends after {@code countMax} records, or when everything through {@code until} was printed. */
  RecordLines(Printer out, Function<JournalRecord, String> text, long countMax, OrderId until) {
    this.out = out;
    this.text = text;
    this.countMax = countMax;
    this.until = until;
  }

  /** The last order ID there is: nobody waits for more. */
  static final OrderId FOR_EVER = OrderId.of(Long.MAX_VALUE);

  void follow(OrdinalClient client, OrderId after, List<Key> prefixes) throws InterruptedException {
    if (!after.isBefore(until)) {
      return;
    }
    finished = new CountDownLatch(1);
    ended = null;
    try (Subscription _ = client.subscribe(after, prefixes, this)) {
      finished.await();
    }
    OrdinalException cause = ended;
    if (cause != null) {
      throw cause;
    }
  }

  @Override
  public void accept(JournalRecord record) {
    if (count == countMax || until.isBefore(record.order())) {
      finished.countDown();
      return;
    }
    count++;
    out.print(Shown.of(record), () -> text.apply(record));
    if (count == countMax || record.order().equals(until)) {
      finished.countDown();
    }
  }

  @Override
  public void onProgress(OrderId order) {
    if (!order.isBefore(until)) {
      finished.countDown();
    }
  }

  @Override
  public void onEnd(OrdinalException cause) {
    ended = cause;
    finished.countDown();
  }

  /** Whether nothing was printed so far. */
  boolean isUntouched() {
    return count == 0;
  }

  /** One line a change. */
  static String changes(JournalRecord record) {
    return record.changes().stream()
        .map(change -> line(record.order(), change.key(), change.content()))
        .collect(Collectors.joining(System.lineSeparator()));
  }

  /** The row as the change that made it. */
  static String line(Row row) {
    return line(row.modifiedAt(), row.key(), row.content());
  }

  private static String line(OrderId order, Key key, @Nullable Content content) {
    return "%,10d  %s = %s".formatted(order.value(), key, Shown.text(content));
  }

  /** The whole record, with who wrote it and which order ID each key had before. */
  static String description(JournalRecord record) {
    JournalRecord.Author author = record.author();
    StringBuilder lines =
        new StringBuilder(
            "order ID %,d  slot %,d  session %d  sequence %,d  digest %s"
                .formatted(
                    record.order().value(),
                    author.slot(),
                    author.session(),
                    author.sequence(),
                    Shown.hex(record.digest()).substring(0, 12)));
    record
        .labels()
        .forEach((name, value) -> lines.append("  ").append(name).append('=').append(value));
    for (Change change : record.changes()) {
      lines
          .append(System.lineSeparator())
          .append(
              "    %s = %s  (before: %s)"
                  .formatted(
                      change.key(),
                      Shown.text(change.content()),
                      change.priorOrder().equals(OrderId.NONE)
                          ? "nothing"
                          : "order ID " + change.priorOrder()));
    }
    return lines.toString();
  }
}
