/**
 * What the journal keeps, as values: the states of keys, the records of committed transactions and
 * their digests. PURE.
 */
@NullMarked
package dev.ordinal.journal.record;

import org.jspecify.annotations.NullMarked;
