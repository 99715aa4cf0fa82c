package dev.ordinal.journal.store;

/**
 * What collecting has done since a store was opened.
 *
 * @param through the order ID through which was collected, ever
 * @param removed versions, deletions included
 * @param longestWaitNanos the longest that the writing thread had to wait for a step to end
 */
public record CollectionFigures(long through, long removed, long longestWaitNanos) {}
