package dev.ordinal.journal.record;

import dev.ordinal.journal.transaction.Key;

/** A key with its version in some snapshot. */
public record Row(Key key, Version version) {}
