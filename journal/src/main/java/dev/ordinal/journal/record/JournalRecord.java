package dev.ordinal.journal.record;

import dev.ordinal.journal.transaction.Label;
import java.util.List;

/**
 * A committed transaction as the journal keeps it.
 *
 * @param order its order ID, from 1, without gaps
 * @param origin the slot that held it, and whose it was
 * @param effects one a key, in ascending order of keys; may be empty
 * @param digest of the journal through this record
 * @param bytesBefore of all records before this one, by {@link RecordSize}
 */
public record JournalRecord(
    long order,
    RecordOrigin origin,
    List<Label> labels,
    List<Effect> effects,
    Digest digest,
    long bytesBefore) {
  public JournalRecord {
    labels = List.copyOf(labels);
    effects = List.copyOf(effects);
  }
}
