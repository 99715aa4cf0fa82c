package dev.ordinal.journal.record;

import dev.ordinal.journal.transaction.Key;

/**
 * What one transaction did to one key.
 *
 * @param priorOrder the order ID that gave the key what it held before; 0: it did not exist
 */
public record Effect(Key key, KeyState state, long priorOrder) {}
