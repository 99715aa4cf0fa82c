package dev.ordinal.journal.transaction;

/** A free word that the journal keeps with the record, for people and tools. */
public record Label(String name, String value) {}
