package dev.ordinal.journal.record;

import dev.ordinal.journal.transaction.Key;

/**
 * What one transaction did to one key.
 *
 * @param priorOrder the order ID that last changed the key before, a deletion included; 0: nothing
 *     retained did
 */
public record Effect(Key key, KeyState state, long priorOrder) {}
