package dev.ordinal.journal.retention;

/**
 * Somebody's wish that the state at {@code order} and the records after it be kept: of a backup, or
 * of a subscriber that will come back.
 */
public record Hold(String name, long order) {}
