package dev.ordinal.server.clock;

import dev.ordinal.journal.state.Clock;
import dev.ordinal.journal.state.Dues;

/**
 * What the applied state says when the stopwatch is looked at.
 *
 * @param order the last order ID
 * @param dues what waits for a tick
 */
record Situation(Clock clock, long order, Dues dues) {}
