package dev.ordinal.client;

/** What a key holds: bytes ({@link Value}), or a number with bounds ({@link Counter}). */
public sealed interface Content permits Value, Counter {}
