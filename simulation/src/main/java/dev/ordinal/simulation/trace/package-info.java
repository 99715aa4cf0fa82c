/**
 * What happened in a run: as a digest that two runs can be compared by, as text, and as counts of
 * what was reached.
 */
@NullMarked
package dev.ordinal.simulation.trace;

import org.jspecify.annotations.NullMarked;
