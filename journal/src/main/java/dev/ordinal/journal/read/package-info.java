/** Reads at one order ID: the state as it was right after that transaction, for good. */
@NullMarked
package dev.ordinal.journal.read;

import org.jspecify.annotations.NullMarked;
