/**
 * Planted bugs: a simulator that cannot fail proves nothing, so each of these must be found, within
 * a budget of seeds.
 */
@NullMarked
package dev.ordinal.simulation.mutants;

import org.jspecify.annotations.NullMarked;
