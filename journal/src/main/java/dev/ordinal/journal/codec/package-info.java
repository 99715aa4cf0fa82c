/**
 * Between the journal's values and their wire form; the only code of the journal that sees
 * generated classes.
 */
@NullMarked
package dev.ordinal.journal.codec;

import org.jspecify.annotations.NullMarked;
