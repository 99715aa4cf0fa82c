/** Bad histories, made by hand: what the simulator's invariants must notice. */
@NullMarked
package dev.ordinal.simulation.invariant;

import org.jspecify.annotations.NullMarked;
