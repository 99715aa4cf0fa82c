package dev.ordinal.journal.retention;

/**
 * Where a record stands.
 *
 * @param bytesBefore of all records before it
 * @param clockMillis where the replicated clock stood
 */
public record Mark(long bytesBefore, long clockMillis) {}
