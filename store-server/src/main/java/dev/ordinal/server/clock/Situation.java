package dev.ordinal.server.clock;

/**
 * What the applied state says when the stopwatch is looked at.
 *
 * @param mark where the next tick has to be measured from
 * @param order the last order ID
 */
record Situation(long mark, long order) {}
