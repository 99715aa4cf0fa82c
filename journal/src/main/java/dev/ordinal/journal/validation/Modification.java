package dev.ordinal.journal.validation;

/** A change of a key: by which transaction, of which session (0: none), and whether it deleted. */
public record Modification(long order, long session, boolean deleted) {}
