/** What a run is made of, drawn from its seed: the group, its surroundings and their faults. */
@NullMarked
package dev.ordinal.simulation.conditions;

import org.jspecify.annotations.NullMarked;
