/**
 * Faults on real processes. One file each for the load, the faults and the judge; tests put them
 * together. Nothing here knows how a replica works inside.
 */
@NullMarked
package dev.ordinal.chaos;

import org.jspecify.annotations.NullMarked;
