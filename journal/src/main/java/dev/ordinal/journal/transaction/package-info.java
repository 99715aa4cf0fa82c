/**
 * What a client asks the journal to do, as values: transactions, groups, alternatives, guards,
 * operations and outcomes. PURE.
 */
@NullMarked
package dev.ordinal.journal.transaction;

import org.jspecify.annotations.NullMarked;
