/**
 * The state machine of the journal: from the state before a slot and the slot's commands to the
 * changes of the state and the outcomes, the same on every replica. Order IDs are handed out here.
 * No threads, clocks or I/O; the present is looked up through {@link
 * dev.ordinal.journal.state.StateView}. PURE.
 */
@NullMarked
package dev.ordinal.journal.state;

import org.jspecify.annotations.NullMarked;
