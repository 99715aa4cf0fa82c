/**
 * The explorer: visits every state that a small group of replicas can reach, with the very classes
 * that production runs, and judges each of them.
 */
@NullMarked
package dev.ordinal.simulation.explore;

import org.jspecify.annotations.NullMarked;
