package dev.ordinal.client;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the journal keeps of a committed transaction.
 *
 * @param changes one a key, ascending by key; of a filtered subscription only those under its
 *     prefixes
 */
public record JournalRecord(
    OrderId order, Author author, Map<String, String> labels, List<Change> changes, Value digest) {
  public JournalRecord {
    labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
    changes = List.copyOf(changes);
  }

  /**
   * Where a record comes from.
   *
   * @param slot its position in the replicated log
   * @param session the session that committed it; 0 for none
   * @param sequence its number in that session; 0 for none
   */
  public record Author(long slot, long session, long sequence) {}
}
