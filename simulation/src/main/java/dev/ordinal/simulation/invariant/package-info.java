/**
 * What must hold at every moment: one class per property, each fed with plain values so that a test
 * can show it a bad history.
 */
@NullMarked
package dev.ordinal.simulation.invariant;

import org.jspecify.annotations.NullMarked;
