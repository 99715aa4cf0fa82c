/**
 * Who moves replicated time: the leader measures, on a monotonic clock, and proposes ticks. What a
 * tick does is decided where it is applied.
 */
@NullMarked
package dev.ordinal.server.clock;

import org.jspecify.annotations.NullMarked;
