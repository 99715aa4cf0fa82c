/**
 * The surroundings of the core, all virtual: time, network, disks, processes, clients, and what
 * goes wrong with them.
 */
@NullMarked
package dev.ordinal.simulation.world;

import org.jspecify.annotations.NullMarked;
