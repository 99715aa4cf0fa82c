package dev.ordinal.journal.state;

import dev.ordinal.journal.record.JournalRecord;
import java.util.List;

/**
 * All that one slot changes. Written in one atomic batch, in slot order.
 *
 * @param head the state's head after the slot
 * @param records of the slot's committed transactions, ascending; their effects are the new
 *     versions of their keys
 * @param sessions to be made in this order
 * @param leases to be made in this order
 */
public record Changes(
    Head head,
    List<JournalRecord> records,
    List<SessionChange> sessions,
    List<LeaseChange> leases) {
  public Changes {
    records = List.copyOf(records);
    sessions = List.copyOf(sessions);
    leases = List.copyOf(leases);
  }
}
