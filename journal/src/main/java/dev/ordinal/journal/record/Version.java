package dev.ordinal.journal.record;

/** The state of a key since the transaction with this order ID, which was the last to change it. */
public record Version(long order, KeyState state) {}
