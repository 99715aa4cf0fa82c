/** Sweeps, replays, and the command line. */
@NullMarked
package dev.ordinal.simulation;

import org.jspecify.annotations.NullMarked;
