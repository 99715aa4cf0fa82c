/**
 * The door of the journal for the server: a {@link dev.ordinal.journal.Journal} applies decided
 * slots, keeps what they come to, and lets readers and subscribers see it. Who decides slots is not
 * its business.
 */
@NullMarked
package dev.ordinal.journal;

import org.jspecify.annotations.NullMarked;
