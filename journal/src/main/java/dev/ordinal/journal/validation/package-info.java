/**
 * The verdict on a transaction, and nothing else: what was modified since it read, whether its
 * guards and bounds hold, which groups and alternatives are taken. PURE.
 */
@NullMarked
package dev.ordinal.journal.validation;

import org.jspecify.annotations.NullMarked;
