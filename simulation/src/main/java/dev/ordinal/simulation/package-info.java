/** The deterministic simulator of consensus: one seed decides the whole run. */
@NullMarked
package dev.ordinal.simulation;

import org.jspecify.annotations.NullMarked;
