package dev.ordinal.journal.record;

/**
 * Where a record comes from: a slot of the log; session and sequence are 0 without a session.
 *
 * @param clockMillis where the replicated clock stood
 */
public record RecordOrigin(long slot, long session, long sequence, long clockMillis) {}
