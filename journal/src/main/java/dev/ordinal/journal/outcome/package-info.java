/**
 * What became of a command, as values: the verdict on a transaction and on each of its groups, and
 * the reason of every refusal. PURE.
 */
@NullMarked
package dev.ordinal.journal.outcome;

import org.jspecify.annotations.NullMarked;
